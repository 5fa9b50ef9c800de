package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The JSON text of single values of one type, as `docs/reference/formats.md` has it: in [#array] from [#from] on, until the
/// next call.
final class OneValue {
    private static final JsonMapper JSON = JsonMapper.shared();
    /// `{"v":` before a value, `}` and a line end behind it.
    private static final int BEFORE = 5;

    private static final int BEHIND = 2;

    private final Schema schema;
    private final NdjsonEncoder encoder;
    private final OutputBuffer out = new OutputBuffer();
    private Optional<RecordBatch> batch = Optional.empty();
    private byte[] array = {};
    private int from;
    private int length;

    OneValue(DataType type) {
        this.schema = Schema.of(Field.nullable("v", type));
        this.encoder = new NdjsonEncoder(schema);
    }

    /// Writes row `row`, which has a value.
    void write(Column column, int row) {
        if (batch.isEmpty() || batch.get().column(0) != column) {
            batch = Optional.of(RecordBatch.over(schema, List.of(column), column.size()));
        }
        out.clear();
        encoder.encode(batch.get(), row, row + 1, out);
        array = out.array();
        from = BEFORE;
        length = out.length() - BEFORE - BEHIND;
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
