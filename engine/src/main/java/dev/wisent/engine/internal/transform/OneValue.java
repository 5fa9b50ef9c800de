package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The JSON text of single values of one type, as `docs/reference/formats.md` has it.
final class OneValue {
    private static final JsonMapper JSON = JsonMapper.shared();
    /// `{"v":` before a value, `}` and a line end behind it.
    private static final int BEFORE = 5;

    private static final int BEHIND = 2;

    private final Schema schema;
    private final NdjsonEncoder encoder;
    private final OutputBuffer out = new OutputBuffer();

    OneValue(DataType type) {
        this.schema = Schema.of(Field.nullable("v", type));
        this.encoder = new NdjsonEncoder(schema);
    }

    /// Writes row `row`, which has a value; it is in [#array] from [#from] until the next call.
    void write(Column column, int row) {
        out.clear();
        encoder.encode(RecordBatch.over(schema, List.of(column), column.size()), row, row + 1, out);
    }

    byte[] array() {
        return out.array();
    }

    int from() {
        return BEFORE;
    }

    int length() {
        return out.length() - BEFORE - BEHIND;
    }

    /// A string as what it says, anything else as it is written.
    byte[] said() {
        boolean quoted = array()[BEFORE] == '"';
        return quoted
                ? JSON.readValue(array(), BEFORE, length(), String.class).getBytes(StandardCharsets.UTF_8)
                : Arrays.copyOfRange(array(), BEFORE, BEFORE + length());
    }
}
