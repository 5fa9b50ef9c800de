package dev.wisent.connectors.delta.table;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.log.TypeWidening;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// A table's columns, and what new files make of them: new ones follow, nullable, and a column's type grows where the protocol
/// knows how older files are read then. Any other change of a type is refused: older files would be read wrongly.
final class Merge {
    private final List<TypeWidening.Growth> growing = new ArrayList<>();
    private final boolean narrowFiles;
    private Schema table;

    /// @param narrowFiles whether the table may have files whose columns are narrower than its own
    Merge(Schema table, boolean narrowFiles) {
        this.table = table;
        this.narrowFiles = narrowFiles;
    }

    Schema schema() {
        return table;
    }

    /// What grew, in order.
    List<TypeWidening.Growth> growing() {
        return List.copyOf(growing);
    }

    void add(Schema file) {
        List<Field> fields = new ArrayList<>();
        for (Field is : table.fields()) {
            OptionalInt written = file.indexOf(is.name());
            DataType type = written.isPresent()
                    ? grown(is, file.field(written.getAsInt()).type())
                    : is.type();
            boolean optional = is.isNullable()
                    || written.isEmpty()
                    || file.field(written.getAsInt()).isNullable();
            fields.add(optional ? Field.nullable(is.name(), type) : Field.required(is.name(), type));
        }
        for (Field comes : file.fields()) {
            if (table.indexOf(comes.name()).isEmpty()) {
                fields.add(table.size() == 0 ? comes : Field.nullable(comes.name(), comes.type()));
            }
        }
        table = Schema.of(fields);
    }

    private DataType grown(Field is, DataType written) {
        if (written.equals(is.type())) {
            return written;
        }
        if (TypeWidening.allows(is.type(), written)) {
            growing.add(new TypeWidening.Growth(is.name(), is.type(), written));
            return written;
        }
        boolean mayBeNarrow =
                narrowFiles || growing.stream().anyMatch(g -> g.column().equals(is.name()));
        if (mayBeNarrow && TypeWidening.allows(written, is.type())) {
            return is.type();
        }
        throw WisentException.of(
                        ErrorCode.SCHEMA_REFUSED,
                        "column '" + is.name() + "' is " + is.type().text() + " in the table, and " + written.text()
                                + " in new rows")
                .hint("cast it to the table's type, or write to another table");
    }
}
