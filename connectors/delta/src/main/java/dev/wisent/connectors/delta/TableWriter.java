package dev.wisent.connectors.delta;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.destination.Writer;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.partition.Groups;
import dev.wisent.connectors.delta.partition.Partition;
import dev.wisent.connectors.delta.partition.Partitioning;
import java.time.Clock;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Writes rows of one schema, each to the file of its partition. So many files are in the making at once; for one more, the
/// file that got no row for the longest time is ended. One thread.
final class TableWriter implements Writer {
    private final DeltaOptions options;
    private final TargetId target;
    private final Partitioning partitioning;
    private final ObjectStore store;
    private final Shipping shipping;
    private final Semaphore uploads;
    private final Supplier<String> names;
    private final SealedFiles sealed;
    private final Clock clock;
    private final Groups groups;
    /// The one used last is the last.
    private final Map<Partition, FileWriter> writers = new LinkedHashMap<>(16, 0.75f, true);

    TableWriter(
            DeltaOptions options,
            TargetId target,
            Partitioning partitioning,
            ObjectStore store,
            Shipping shipping,
            Semaphore uploads,
            Supplier<String> names,
            SealedFiles sealed,
            Clock clock) {
        this.options = options;
        this.target = target;
        this.partitioning = partitioning;
        this.store = store;
        this.shipping = shipping;
        this.uploads = uploads;
        this.names = names;
        this.sealed = sealed;
        this.clock = clock;
        this.groups = new Groups(partitioning);
    }

    Schema rows() {
        return partitioning.rows();
    }

    @Override
    public void write(RecordBatch batch) {
        groups.of(batch, (partition, data, from, to) -> of(partition).write(data, from, to));
        writers.values().forEach(FileWriter::rollOver);
    }

    private FileWriter of(Partition partition) {
        FileWriter known = writers.get(partition);
        if (known != null) {
            return known;
        }
        FileWriter writer = writers.size() < options.maxOpenFiles() ? begun(partition) : turned(partition);
        writers.put(partition, writer);
        return writer;
    }

    private FileWriter begun(Partition partition) {
        return new FileWriter(options, target, partitioning, partition, store, shipping, uploads, names, sealed, clock);
    }

    private FileWriter turned(Partition partition) {
        Iterator<FileWriter> eldest = writers.values().iterator();
        FileWriter writer = eldest.next();
        eldest.remove();
        writer.turnTo(partition);
        return writer;
    }

    long heldBytes() {
        long held = 0;
        for (FileWriter writer : writers.values()) {
            held += writer.heldBytes();
        }
        return held;
    }

    /// All files in the making are done.
    void seal() {
        writers.values().forEach(FileWriter::seal);
    }

    void drop() {
        writers.values().forEach(FileWriter::drop);
    }

    void close() {
        writers.values().forEach(FileWriter::close);
        writers.clear();
    }
}
