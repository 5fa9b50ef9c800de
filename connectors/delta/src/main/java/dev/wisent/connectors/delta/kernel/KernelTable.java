package dev.wisent.connectors.delta.kernel;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.log.Action;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.exceptions.CheckpointAlreadyExistsException;
import io.delta.kernel.exceptions.KernelException;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// A table's log as Kernel reads it: versions, checkpoints of any kind, features. Not for several threads.
public final class KernelTable {
    private final ObjectStore store;
    private final Engine engine;

    public KernelTable(ObjectStore store) {
        this.store = store;
        this.engine = DefaultEngine.create(new StoreFiles(store));
    }

    /// The table as of one version.
    public final class Version {
        private final Snapshot snapshot;

        private Version(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        public long number() {
            return snapshot.getVersion();
        }

        public Action.Protocol protocol() {
            var protocol = snapshot.getProtocol();
            return new Action.Protocol(
                    protocol.getMinReaderVersion(),
                    protocol.getMinWriterVersion(),
                    protocol.getReaderFeatures().stream().sorted().toList(),
                    protocol.getWriterFeatures().stream().sorted().toList());
        }

        public Action.MetaData metaData() {
            Metadata metadata = snapshot.getMetadata();
            return new Action.MetaData(
                    metadata.getId(),
                    metadata.getName(),
                    metadata.getSchemaString(),
                    VectorUtils.toJavaList(metadata.getPartitionColumns()),
                    metadata.getConfiguration(),
                    metadata.getCreatedTime().map(OptionalLong::of).orElse(OptionalLong.empty()));
        }

        /// How far an application is.
        public Optional<Long> txn(String appId) {
            return reading(() -> snapshot.getLatestTransactionVersion(engine, appId));
        }

        /// The files a reader of this version reads. Files with deleted rows are refused: to remove them takes more than
        /// their path.
        public List<Action.Add> files() {
            return reading(() -> {
                List<Action.Add> files = new ArrayList<>();
                try (CloseableIterator<FilteredColumnarBatch> batches =
                        snapshot.getScanBuilder().build().getScanFiles(engine)) {
                    while (batches.hasNext()) {
                        try (CloseableIterator<Row> rows = batches.next().getRows()) {
                            rows.forEachRemaining(row -> files.add(
                                    file(new AddFile(row.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)))));
                        }
                    }
                }
                return files;
            });
        }

        /// The newest checkpoint up to here, if there is one.
        public OptionalLong checkpointed() {
            Optional<Long> version = ((SnapshotImpl) snapshot).getLogSegment().getCheckpointVersionOpt();
            return version.map(OptionalLong::of).orElse(OptionalLong.empty());
        }

        /// Reads the rows of one of the files, without partition columns; missing columns are null.
        ///
        /// @param data the table's columns without partition columns
        /// @param rows gets batches that are valid during the call
        public void read(String path, long size, Schema data, Consumer<RecordBatch> rows) {
            reading(() -> {
                StructType physical = new StructType(data.fields().stream()
                        .map(field -> snapshot.getSchema().get(field.name()))
                        .toList());
                FileStatus file = FileStatus.of(StoreFiles.ROOT + "/" + path, size, 0);
                RecordBatch batch = RecordBatch.of(data);
                try (CloseableIterator<FileReadResult> results = engine.getParquetHandler()
                        .readParquetFiles(Utils.singletonCloseableIterator(file), physical, Optional.empty())) {
                    while (results.hasNext()) {
                        ColumnarBatch read = results.next().getData();
                        for (int from = 0; from < read.getSize(); from += RecordBatch.MAX_ROWS) {
                            int to = Math.min(read.getSize(), from + RecordBatch.MAX_ROWS);
                            batch.clear();
                            for (int i = 0; i < data.size(); i++) {
                                KernelRows.append(read.getColumnVector(i), from, to, batch.column(i));
                            }
                            rows.accept(RecordBatch.over(data, batch.columns(), to - from));
                        }
                    }
                }
                return path;
            });
        }

        /// Puts the log up to here together, so that readers need not read all of it. One that is there is fine.
        public void checkpoint() {
            reading(() -> {
                try {
                    snapshot.writeCheckpoint(engine);
                } catch (CheckpointAlreadyExistsException e) {
                    return snapshot;
                }
                return snapshot;
            });
        }
    }

    private Action.Add file(AddFile file) {
        if (file.getDeletionVector().isPresent()) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "the table has files with deleted rows, which Wisent can't replace")
                    .where(store.url())
                    .hint("rewrite them first (REORG TABLE … APPLY (PURGE)), or use another table");
        }
        Map<String, Optional<String>> values = new HashMap<>();
        VectorUtils.<String, String>toJavaMap(file.getPartitionValues())
                .forEach((column, value) -> values.put(column, Optional.ofNullable(value)));
        return new Action.Add(file.getPath(), values, file.getSize(), file.getModificationTime(), Optional.empty());
    }

    /// The newest version; empty: there is no table.
    public Optional<Version> newest() {
        return reading(() -> {
            try {
                return Optional.of(
                        new Version(TableManager.loadSnapshot(StoreFiles.ROOT).build(engine)));
            } catch (TableNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /// An older one.
    public Version at(long version) {
        return reading(() -> new Version(
                TableManager.loadSnapshot(StoreFiles.ROOT).atVersion(version).build(engine)));
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    /// Kernel's failures in Wisent's terms: those of the store as they are, those of the table as such.
    private <T> T reading(Reading<T> action) {
        try {
            return action.run();
        } catch (KernelException e) {
            throw WisentException.of(ErrorCode.NOT_SUPPORTED, "the table can't be read: " + e.getMessage())
                    .where(store.url())
                    .hint("Wisent reads and writes tables as Delta Kernel does")
                    .causedBy(e);
        } catch (IOException | RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof WisentException ours) {
                    throw ours;
                }
            }
            throw WisentException.of(ErrorCode.DESTINATION_CORRUPT, "the table's log can't be read: " + e.getMessage())
                    .where(store.url())
                    .hint("restore _delta_log from a copy, or write to another table")
                    .causedBy(e);
        }
    }
}
