package dev.wisent.connectors.delta.partition;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// How rows of one schema are told apart by partition, and what of them is written into data files: a partition's value
/// stands in the log, not in the file.
public final class Partitioning {
    private final Schema rows;
    private final Schema data;
    private final List<String> names;
    private final int[] keys;
    private final int[] rest;

    private Partitioning(Schema rows, List<String> names, int[] keys) {
        this.rows = rows;
        this.names = names;
        this.keys = keys;
        Set<Integer> taken = new HashSet<>();
        for (int key : keys) {
            taken.add(key);
        }
        List<Field> fields = new ArrayList<>();
        int[] others = new int[rows.size() - taken.size()];
        for (int i = 0; i < rows.size(); i++) {
            if (!taken.contains(i)) {
                others[fields.size()] = i;
                fields.add(rows.field(i));
            }
        }
        this.rest = others;
        this.data = StoredTypes.of(Schema.of(fields));
    }

    /// Rows of `schema` in a table partitioned by the columns `names`. Refused: a column that is not there or of a type that
    /// can't tell partitions apart, and a table of nothing but such columns.
    public static Partitioning of(Schema schema, List<String> names) {
        int[] keys = new int[names.size()];
        for (int i = 0; i < keys.length; i++) {
            String name = names.get(i);
            OptionalInt index = schema.indexOf(name);
            if (index.isEmpty()) {
                throw refused("the table is partitioned by column '" + name + "', which the rows have not")
                        .tried("columns "
                                + String.join(
                                        ", ",
                                        schema.fields().stream()
                                                .map(Field::name)
                                                .toList()))
                        .hint("name a column of the rows in partition_by, or add it: transforms: [{sql: …}]");
            }
            Field field = schema.field(index.getAsInt());
            if (!PartitionText.isSpelled(field.type())) {
                throw refused("a table can't be partitioned by column '" + name + "': it is "
                                + field.type().text())
                        .hint("partition by bool, whole number, decimal, string, date or timestamp; cast the column");
            }
            keys[i] = index.getAsInt();
        }
        if (keys.length == schema.size() && keys.length > 0) {
            throw refused("every column is a partition column, so that nothing is left for the data files")
                    .hint("leave a column out of partition_by");
        }
        return new Partitioning(schema, List.copyOf(names), keys);
    }

    private static WisentException refused(String what) {
        return WisentException.of(ErrorCode.SCHEMA_REFUSED, what);
    }

    /// The schema of the rows, partition columns included.
    public Schema rows() {
        return rows;
    }

    /// The schema of data files: what a table has no type for is text there.
    public Schema data() {
        return data;
    }

    /// The same rows without partition columns, as they are stored. Shares the columns of `batch` where it can.
    public RecordBatch data(RecordBatch batch) {
        List<Column> columns = new ArrayList<>(rest.length);
        for (int i = 0; i < rest.length; i++) {
            columns.add(StoredTypes.of(batch.column(rest[i]), data.field(i).type()));
        }
        return RecordBatch.over(data, columns, batch.rows());
    }

    public boolean isPartitioned() {
        return keys.length > 0;
    }

    List<Column> keys(RecordBatch batch) {
        List<Column> columns = new ArrayList<>(keys.length);
        for (int index : keys) {
            columns.add(batch.column(index));
        }
        return columns;
    }

    /// The partition of a row. A text of no length is refused: the log could not tell it from null.
    Partition of(List<Column> keyColumns, int row) {
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Optional<String> value = PartitionText.of(keyColumns.get(i), row);
            if (value.isPresent() && value.get().isEmpty()) {
                throw refused("partition column '" + names.get(i)
                                + "' is an empty text in a row, which a table can't tell from null")
                        .hint("make it null: transforms: [{sql: \"SELECT * REPLACE (nullif(" + names.get(i)
                                + ", '') AS " + names.get(i) + ") FROM batch\"}]");
            }
            values.put(names.get(i), value);
        }
        return new Partition(values);
    }
}
