package dev.wisent.connectors.delta;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.destination.Writer;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.parquet.ParquetEncoder;
import dev.wisent.columnar.parquet.ParquetFile;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.state.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Encodes rows into Parquet files, a row group at a time, and sends them in parts. One thread; the store is touched by ship
/// threads only.
final class FileWriter implements Writer {
    /// Rows encoded before the sizes are looked at.
    private static final int STEP_ROWS = 1024;

    private final DeltaOptions options;
    private final TargetId target;
    private final ObjectStore store;
    private final Shipping shipping;
    private final Supplier<String> names;
    private Schema schema;
    private ParquetEncoder encoder;
    private OutputBuffer buffer = new OutputBuffer();
    private Optional<Open> open = Optional.empty();
    private List<Sealed> sealed = new ArrayList<>();

    private static final class Open {
        final SentFile file;
        final Shipment shipment;
        long bytes;

        Open(SentFile file, Shipment shipment) {
            this.file = file;
            this.shipment = shipment;
        }
    }

    private record Sealed(SentFile file, CompletableFuture<Fragment> fragment) {}

    FileWriter(
            DeltaOptions options,
            TargetId target,
            Schema schema,
            ObjectStore store,
            Shipping shipping,
            Supplier<String> names) {
        this.options = options;
        this.target = target;
        this.store = store;
        this.shipping = shipping;
        this.names = names;
        this.schema = schema;
        this.encoder = new ParquetEncoder(schema, options.parquet());
    }

    /// Rows of another schema follow: a file has one.
    void schema(Schema next) {
        if (!next.equals(schema)) {
            seal();
            encoder.close();
            schema = next;
            encoder = new ParquetEncoder(next, options.parquet());
        }
    }

    @Override
    public void write(RecordBatch batch) {
        int count = batch.rows();
        for (int row = 0; row < count; ) {
            Open file = open.orElseGet(this::begin);
            int to = Math.min(count, row + STEP_ROWS);
            encoder.encode(batch, row, to, this::collect);
            row = to;
            ship(file);
            if (file.bytes + buffer.length() + encoder.heldBytes() >= options.fileBytes()) {
                seal();
            }
        }
    }

    private void collect(byte[] data, int from, int length) {
        buffer.put(data, from, length);
    }

    long heldBytes() {
        return encoder.heldBytes() + buffer.length();
    }

    private Open begin() {
        String name = names.get();
        Open begun = new Open(new SentFile(store, name, options.partBytes()), shipping.start(name));
        open = Optional.of(begun);
        return begun;
    }

    /// Sends whole parts; the rest waits for more.
    private void ship(Open file) {
        int sent = 0;
        while (buffer.length() - sent >= options.partBytes()) {
            send(file, sent, options.partBytes());
            sent += options.partBytes();
        }
        if (sent > 0) {
            int rest = buffer.length() - sent;
            System.arraycopy(buffer.array(), sent, buffer.array(), 0, rest);
            buffer.truncate(rest);
        }
    }

    private void send(Open file, int from, int length) {
        byte[] shipped = file.shipment.buffer(length);
        System.arraycopy(buffer.array(), from, shipped, 0, length);
        file.bytes += length;
        file.shipment.send(shipped, length, file.file::part);
    }

    private void seal() {
        if (open.isEmpty()) {
            return;
        }
        Open file = open.get();
        open = Optional.empty();
        ParquetFile written = encoder.finish(this::collect);
        ship(file);
        send(file, 0, buffer.length());
        buffer.clear();
        Schema rowsSchema = schema;
        sealed.add(new Sealed(file.file, file.shipment.finish(() -> {
            Boundary.reached(Boundary.STAGING);
            long modified = file.file.complete().toEpochMilli();
            Boundary.reached(Boundary.STAGED);
            Action.Add add = new Action.Add(
                    file.file.path(), Map.of(), written.bytes(), modified, Optional.of(FileStats.json(written)));
            return new Fragment(
                    target,
                    Fragment.Kind.DURABLE,
                    new DataFile(add, rowsSchema).json().toString(),
                    written.rows(),
                    written.bytes());
        })));
    }

    /// Everything since the last flush, in order.
    List<CompletableFuture<Fragment>> flush() {
        seal();
        List<CompletableFuture<Fragment>> fragments =
                sealed.stream().map(Sealed::fragment).toList();
        sealed = new ArrayList<>();
        return fragments;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what can't be removed is left to the next run's sweep
    void drop() {
        buffer.clear();
        encoder.drop();
        open.ifPresent(file -> file.shipment.cancel(file.file::discard));
        open = Optional.empty();
        for (Sealed file : sealed) {
            file.fragment().whenComplete((written, failure) -> file.file().discard());
        }
        sealed = new ArrayList<>();
    }

    void close() {
        drop();
        encoder.close();
    }
}
