package dev.wisent.connectors.delta;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.parquet.ByteSink;
import dev.wisent.columnar.parquet.ParquetEncoder;
import dev.wisent.columnar.parquet.ParquetFile;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.partition.Partition;
import dev.wisent.connectors.delta.partition.Partitioning;
import dev.wisent.connectors.delta.state.DataFile;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Encodes rows of one partition into Parquet files, a row group at a time, and sends them in parts. One thread; the store is
/// touched by ship threads only.
final class FileWriter {
    /// Rows encoded before the sizes are looked at, unless another thread encodes them.
    private static final int STEP_ROWS = 4096;

    private final DeltaOptions options;
    private final Sending sending;
    private final TargetId target;
    private final ObjectStore store;
    private final Shipping shipping;
    private final Semaphore uploads;
    private final Supplier<String> names;
    private final SealedFiles sealed;
    private final Partitioning partitioning;
    private final Clock clock;
    private final ParquetEncoder encoder;
    private Partition partition;
    private OutputBuffer buffer = new OutputBuffer();
    private Optional<Open> open = Optional.empty();

    private static final class Open {
        final SentFile file;
        final Instant since;
        long bytes;

        Open(SentFile file, Instant since) {
            this.file = file;
            this.since = since;
        }
    }

    FileWriter(
            DeltaOptions options,
            TargetId target,
            Partitioning partitioning,
            Partition partition,
            ObjectStore store,
            Shipping shipping,
            Semaphore uploads,
            Supplier<String> names,
            SealedFiles sealed,
            Clock clock) {
        this.options = options;
        this.sending = options.sending().into(store, options.fileBytes());
        this.target = target;
        this.store = store;
        this.shipping = shipping;
        this.uploads = uploads;
        this.names = names;
        this.sealed = sealed;
        this.partitioning = partitioning;
        this.partition = partition;
        this.clock = clock;
        this.encoder = new ParquetEncoder(partitioning.data(), options.parquet());
    }

    /// The file in the making is done; rows of another partition follow.
    void turnTo(Partition next) {
        seal();
        partition = next;
    }

    /// @param batch of data columns
    void write(RecordBatch batch, int from, int end) {
        for (int row = from; row < end; ) {
            Open file = open.orElseGet(this::begin);
            Optional<Executor> core = shipping.idleCore();
            int to = core.isPresent() ? end : Math.min(end, row + STEP_ROWS);
            encode(file, batch, row, to, core);
            row = to;
            if (file.bytes + buffer.length() + encoder.heldBytes() >= options.fileBytes()) {
                seal();
            }
        }
    }

    private void encode(Open file, RecordBatch batch, int from, int to, Optional<Executor> core) {
        ByteSink sink = into(file);
        core.ifPresentOrElse(
                other -> encoder.encode(batch, from, to, sink, other), () -> encoder.encode(batch, from, to, sink));
    }

    /// Ends the file in the making if it is open for longer than a file may be.
    void rollOver() {
        if (options.rollover().isPresent()
                && open.isPresent()
                && !clock.instant()
                        .isBefore(open.get().since.plus(options.rollover().get()))) {
            seal();
        }
    }

    /// Sends whole parts as they come, or a row group of many columns would be held twice; the rest waits for more.
    private ByteSink into(Open file) {
        int part = sending.partBytes();
        return (data, from, length) -> {
            int end = from + length;
            for (int at = from; at < end; ) {
                int piece = Math.min(end - at, part - buffer.length());
                buffer.put(data, at, piece);
                at += piece;
                if (buffer.length() == part) {
                    file.file.part(buffer.array(), 0);
                    file.bytes += part;
                    buffer.clear();
                }
            }
        };
    }

    long heldBytes() {
        return encoder.heldBytes() + buffer.length();
    }

    private Open begin() {
        String name = names.get();
        Open begun = new Open(new SentFile(store, name, sending, shipping, uploads), clock.instant());
        open = Optional.of(begun);
        return begun;
    }

    /// The file in the making, if any, is done.
    void seal() {
        if (open.isEmpty()) {
            return;
        }
        Open file = open.get();
        open = Optional.empty();
        ParquetFile written = encoder.finish(into(file));
        file.file.rest(buffer.array(), buffer.length());
        buffer.clear();
        Map<String, Optional<String>> values = partition.values();
        sealed.add(file.file, file.file.finish(() -> {
            Boundary.reached(Boundary.STAGING);
            long modified = file.file.complete().toEpochMilli();
            Boundary.reached(Boundary.STAGED);
            Action.Add add = new Action.Add(
                    file.file.path(), values, written.bytes(), modified, Optional.of(FileStats.json(written)));
            return new Fragment(
                    target,
                    Fragment.Kind.DURABLE,
                    new DataFile(add, partitioning.rows()).json().toString(),
                    written.rows(),
                    written.bytes());
        }));
    }

    /// Gives up the file in the making.
    void drop() {
        buffer.clear();
        encoder.drop();
        open.ifPresent(file -> file.file.cancel());
        open = Optional.empty();
    }

    /// To be called after [#seal] or to give the file in the making up.
    void close() {
        drop();
        encoder.close();
    }
}
