package dev.wisent.columnar.parquet;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which of the cases that are easily got wrong were among generated rows: a test that never meets them proves nothing.
final class Seen {
    enum Kind {
        NO_ROWS,
        ONE_ROW,
        NULLS_ONLY,
        CONSTANT,
        NAN,
        MINUS_ZERO,
        /// So long that bounds are cut.
        LONG_TEXT,
        LONG_BYTES,
        EMPTY_LIST,
        NULL_LIST,
        NULL_ELEMENT,
        EMPTY_MAP,
        NULL_STRUCT,
        LIST_IN_LIST
    }

    private static final int CUT = 64;

    final Set<Kind> kinds = EnumSet.noneOf(Kind.class);

    void look(Schema schema, List<Object[]> rows) {
        if (rows.size() < 2) {
            kinds.add(rows.isEmpty() ? Kind.NO_ROWS : Kind.ONE_ROW);
            return;
        }
        for (int i = 0; i < schema.size(); i++) {
            Set<Object> different = new HashSet<>();
            for (Object[] row : rows) {
                Object value = row[i];
                different.add(value instanceof byte[] bytes ? java.nio.ByteBuffer.wrap(bytes) : String.valueOf(value));
                value(schema.field(i).type(), value);
            }
            if (different.size() == 1 && rows.size() > CUT) {
                kinds.add(rows.getFirst()[i] == null ? Kind.NULLS_ONLY : Kind.CONSTANT);
            }
        }
    }

    private void value(DataType type, Object value) {
        switch (type) {
            case DataType.Float f when value != null -> number((Double) value);
            case DataType.Text t when value != null && ((byte[]) value).length > CUT -> kinds.add(Kind.LONG_TEXT);
            case DataType.Binary b when value != null && ((byte[]) value).length > CUT -> kinds.add(Kind.LONG_BYTES);
            case DataType.ListOf(DataType element) -> list(element, (List<?>) value);
            case DataType.MapOf m when value != null && ((List<?>) value).isEmpty() -> kinds.add(Kind.EMPTY_MAP);
            case DataType.Struct(List<Field> fields) -> {
                if (value == null) {
                    kinds.add(Kind.NULL_STRUCT);
                    return;
                }
                for (int i = 0; i < fields.size(); i++) {
                    value(fields.get(i).type(), ((Object[]) value)[i]);
                }
            }
            default -> {}
        }
    }

    private void number(double value) {
        if (Double.isNaN(value)) {
            kinds.add(Kind.NAN);
        } else if (value == 0 && 1 / value < 0) {
            kinds.add(Kind.MINUS_ZERO);
        }
    }

    private void list(DataType element, List<?> values) {
        if (values == null) {
            kinds.add(Kind.NULL_LIST);
            return;
        }
        if (values.isEmpty()) {
            kinds.add(Kind.EMPTY_LIST);
        }
        for (Object value : values) {
            if (value == null) {
                kinds.add(Kind.NULL_ELEMENT);
            } else if (element instanceof DataType.ListOf) {
                kinds.add(Kind.LIST_IN_LIST);
            }
            value(element, value);
        }
    }
}
