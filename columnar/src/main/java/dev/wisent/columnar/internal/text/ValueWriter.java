package dev.wisent.columnar.internal.text;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.OutputBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Writes one value of a column as text. The row is never null or absent.
@FunctionalInterface
public interface ValueWriter {
    void write(Column column, int row, OutputBuffer out);

    /// The value as JSON.
    static ValueWriter json(DataType type) {
        return switch (type) {
            case DataType.Text t -> ValueWriter::quotedString;
            case DataType.Float f -> jsonFloat(f);
            case DataType.Bool t -> plain(type);
            case DataType.Int t -> plain(type);
            case DataType.Decimal t -> plain(type);
            case DataType.Json t -> plain(type);
            case DataType.Struct struct -> new NestedWriter.OfStruct(struct);
            case DataType.ListOf list -> new NestedWriter.OfList(list);
            case DataType.MapOf map -> new NestedWriter.OfMap(map);
            default -> quoted(plain(type));
        };
    }

    /// The value as bare text; nested types as JSON.
    static ValueWriter plain(DataType type) {
        return switch (type) {
            case DataType.Bool() -> (column, row, out) -> out.putAscii(longs(column, row) != 0 ? "true" : "false");
            case DataType.Int(int bits) -> (column, row, out) -> NumberText.putLong(longs(column, row), out);
            case DataType.Float(int bits)
            when bits == 32 -> (column, row, out) -> NumberText.putFloat((float) ((DoubleColumn) column).get(row), out);
            case DataType.Float(int bits) ->
                (column, row, out) -> NumberText.putDouble(((DoubleColumn) column).get(row), out);
            case DataType.Decimal(int p, int scale) ->
                p <= DataType.MAX_LONG_DECIMAL
                        ? (column, row, out) -> NumberText.putDecimal(longs(column, row), scale, out)
                        : (column, row, out) -> {
                            BytesColumn bytes = (BytesColumn) column;
                            NumberText.putDecimal(bytes.data(), bytes.start(row), bytes.length(row), scale, out);
                        };
            case DataType.Text() ->
                (column, row, out) -> {
                    BytesColumn bytes = (BytesColumn) column;
                    out.put(bytes.data(), bytes.start(row), bytes.length(row));
                };
            case DataType.Json() ->
                (column, row, out) -> {
                    BytesColumn bytes = (BytesColumn) column;
                    StringText.putOneLine(bytes.data(), bytes.start(row), bytes.length(row), out);
                };
            case DataType.Binary() ->
                (column, row, out) -> out.put(Base64.getEncoder().encode(((BytesColumn) column).copy(row)));
            case DataType.Uuid() -> ValueWriter::uuid;
            case DataType.Date() -> (column, row, out) -> TemporalText.putDate(longs(column, row), out);
            case DataType.Time() -> (column, row, out) -> TemporalText.putTime(longs(column, row), out);
            case DataType.Timestamp() ->
                (column, row, out) -> {
                    TemporalText.putDateTime(longs(column, row), out);
                    out.put('Z');
                };
            case DataType.TimestampNtz() -> (column, row, out) -> TemporalText.putDateTime(longs(column, row), out);
            case DataType.Struct struct -> json(struct);
            case DataType.ListOf list -> json(list);
            case DataType.MapOf map -> json(map);
        };
    }

    private static long longs(Column column, int row) {
        return ((LongColumn) column).get(row);
    }

    private static void quotedString(Column column, int row, OutputBuffer out) {
        BytesColumn bytes = (BytesColumn) column;
        StringText.putQuoted(bytes.data(), bytes.start(row), bytes.length(row), out);
    }

    /// JSON has no number for NaN and the infinities (RFC 8259 section 6): they are written in quotes.
    private static ValueWriter jsonFloat(DataType.Float type) {
        ValueWriter number = plain(type);
        ValueWriter word = quoted(number);
        return (column, row, out) -> {
            boolean finite = Double.isFinite(((DoubleColumn) column).get(row));
            (finite ? number : word).write(column, row, out);
        };
    }

    private static ValueWriter quoted(ValueWriter text) {
        return (column, row, out) -> {
            out.put('"');
            text.write(column, row, out);
            out.put('"');
        };
    }

    /// The canonical form, RFC 9562 section 4.
    private static void uuid(Column column, int row, OutputBuffer out) {
        String hex = "0123456789abcdef";
        BytesColumn bytes = (BytesColumn) column;
        int from = bytes.start(row);
        for (int i = 0; i < bytes.length(row); i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                out.put('-');
            }
            int b = bytes.data()[from + i];
            out.put(hex.charAt(b >> 4 & 15));
            out.put(hex.charAt(b & 15));
        }
    }

    /// A field name as a JSON key with its colon.
    static byte[] key(String name) {
        OutputBuffer key = new OutputBuffer();
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        StringText.putQuoted(utf8, 0, utf8.length, key);
        key.put(':');
        return key.copy();
    }
}
