package dev.wisent.connectors.typed.avro;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/// A value or null; or one of several types, as JSON.
final class Union {
    private Union() {}

    static Values of(Schema schema, List<String> around) {
        List<Optional<Values>> branches = new ArrayList<>();
        for (Schema branch : schema.getTypes()) {
            branches.add(
                    branch.getType() == Schema.Type.NULL ? Optional.empty() : Optional.of(Values.of(branch, around)));
        }
        List<Values> some = branches.stream().flatMap(Optional::stream).toList();
        if (some.size() == 1) {
            return new Values(some.getFirst().type(), reading(branches));
        }
        return new Values(
                DataType.JSON,
                reading(branches.stream()
                        .map(branch -> branch.map(Union::asJson))
                        .toList()));
    }

    private static Values.Reading reading(List<Optional<Values>> branches) {
        return (column, in) -> {
            int index = in.decoder().readIndex();
            if (index < 0 || index >= branches.size()) {
                throw new IOException("type " + index + " of a union of " + branches.size());
            }
            Optional<Values> branch = branches.get(index);
            if (branch.isPresent()) {
                branch.get().read(in, column);
            } else {
                column.appendNull();
            }
        };
    }

    private static Values asJson(Values values) {
        dev.wisent.columnar.Schema one = dev.wisent.columnar.Schema.of(Field.nullable("v", values.type()));
        int before = "{\"v\":".length();
        int behind = "}\n".length();
        RecordBatch batch = RecordBatch.of(one);
        NdjsonEncoder encoder = new NdjsonEncoder(one);
        OutputBuffer out = new OutputBuffer();
        return new Values(DataType.JSON, (Column column, AvroInput in) -> {
            batch.clear();
            out.clear();
            values.read(in, batch.column(0));
            batch.endRow();
            encoder.encode(batch, 0, 1, out);
            ((BytesColumn) column).append(out.array(), before, out.length() - before - behind);
        });
    }
}
