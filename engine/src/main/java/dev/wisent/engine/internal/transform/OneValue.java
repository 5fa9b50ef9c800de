package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.JsonValueEncoder;
import dev.wisent.columnar.OutputBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// The JSON text of single values of one type, as `docs/reference/formats.md` has it: in [#array] from [#from] on, until the
/// next call.
final class OneValue {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonValueEncoder encoder;
    private final OutputBuffer out = new OutputBuffer();
    private byte[] array = {};
    private int from;
    private int length;

    OneValue(DataType type) {
        this.encoder = new JsonValueEncoder(type);
    }

    /// Writes row `row`, which has a value.
    void write(Column column, int row) {
        out.clear();
        encoder.encode(column, row, out);
        array = out.array();
        from = 0;
        length = out.length();
    }

    /// A string becomes what it says; anything else stays as it is written.
    void unquote() {
        if (array[from] != '"') {
            return;
        }
        if (isEscaped()) {
            array = JSON.readValue(array, from, length, String.class).getBytes(StandardCharsets.UTF_8);
            from = 0;
            length = array.length;
        } else {
            from++;
            length -= 2;
        }
    }

    private boolean isEscaped() {
        for (int i = from; i < from + length; i++) {
            if (array[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    byte[] array() {
        return array;
    }

    int from() {
        return from;
    }

    int length() {
        return length;
    }
}
