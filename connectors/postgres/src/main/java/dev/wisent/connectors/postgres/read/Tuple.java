package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// A row in COPY's binary format: how many fields, then each with its length, -1 for null. See the PostgreSQL documentation,
/// COPY, "Tuples".
final class Tuple {
    /// Before the first tuple: signature, flags, length of an extension.
    static final int HEADER_BYTES = 19;

    static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    /// In place of a number of fields: the end.
    static final short TRAILER = -1;

    private Tuple() {}

    /// Where the tuple at `at` ends.
    static int end(byte[] data, int at) {
        int place = at + Short.BYTES;
        for (int left = BigEndian.shortAt(data, at); left > 0; left--) {
            place += Integer.BYTES + Math.max(0, BigEndian.intAt(data, place));
        }
        return place;
    }

    /// The fields at `indexes` as texts.
    ///
    /// @throws IllegalStateException when one of them is null
    static List<String> texts(byte[] data, int at, int[] indexes, List<ReadColumn> columns) {
        int[] places = new int[BigEndian.shortAt(data, at)];
        int place = at + Short.BYTES;
        for (int i = 0; i < places.length; i++) {
            places[i] = place;
            place += Integer.BYTES + Math.max(0, BigEndian.intAt(data, place));
        }
        List<String> texts = new ArrayList<>();
        for (int index : indexes) {
            int length = BigEndian.intAt(data, places[index]);
            if (length < 0) {
                throw new IllegalStateException("'" + columns.get(index).name() + "' is null, and rows are read by it");
            }
            texts.add(FieldText.of(columns.get(index).wire(), data, places[index] + Integer.BYTES, length));
        }
        return texts;
    }

    /// The row as a JSON object, for people and for a replay.
    static byte[] json(byte[] data, int at, List<ReadColumn> columns) {
        StringBuilder json = new StringBuilder("{");
        int place = at + Short.BYTES;
        for (int i = 0; i < columns.size(); i++) {
            int length = BigEndian.intAt(data, place);
            place += Integer.BYTES;
            ReadColumn column = columns.get(i);
            json.append(i == 0 ? "" : ",").append(quoted(column.name())).append(':');
            if (length < 0) {
                json.append("null");
            } else {
                String text = text(column, data, place, length);
                json.append(!column.isList() && FieldText.isJson(column.wire(), text) ? text : quoted(text));
                place += length;
            }
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ReadColumn column, byte[] data, int at, int length) {
        // an array in its binary form
        return column.isList()
                ? FieldText.of(Wire.BYTEA, data, at, length)
                : FieldText.of(column.wire(), data, at, length);
    }

    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
