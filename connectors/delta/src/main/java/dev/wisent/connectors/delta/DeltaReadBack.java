package dev.wisent.connectors.delta;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.DeltaSchema;
import dev.wisent.connectors.delta.log.LogNames;
import dev.wisent.connectors.delta.partition.Partitioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads the newest version of the table, its files as Kernel does. Values of partition columns are the texts of the log.
record DeltaReadBack(ObjectStore store, TargetId table) implements ReadBack {
    @Override
    public void read(StreamId stream, TargetId target, Schema columns, Consumer<RecordBatch> rows) {
        Optional<KernelTable.Version> newest = new KernelTable(store).newest();
        if (newest.isEmpty() || !target.equals(table)) {
            return;
        }
        KernelTable.Version version = newest.get();
        List<String> partitions = version.metaData().partitionColumns();
        Schema data = Partitioning.of(DeltaSchema.read(version.metaData().schema()), partitions)
                .data();
        for (Action.Add file : version.files()) {
            String path = LogNames.dataFile(file.path()).orElse(file.path());
            version.read(path, file.size(), data, batch -> rows.accept(with(file, partitions, batch)));
        }
    }

    private static RecordBatch with(Action.Add file, List<String> partitions, RecordBatch batch) {
        if (partitions.isEmpty()) {
            return batch;
        }
        List<Field> fields = new ArrayList<>(batch.schema().fields());
        List<Column> columns = new ArrayList<>(batch.columns());
        for (String name : partitions) {
            Optional<String> value = Optional.ofNullable(file.partitionValues().get(name))
                    .flatMap(known -> known)
                    .filter(text -> !text.isEmpty());
            BytesColumn texts = (BytesColumn) Column.of(DataType.STRING);
            for (int row = 0; row < batch.rows(); row++) {
                value.ifPresentOrElse(texts::append, texts::appendNull);
            }
            fields.add(Field.nullable(name, DataType.STRING));
            columns.add(texts);
        }
        return RecordBatch.over(Schema.of(fields), columns, batch.rows());
    }
}
