package dev.wisent.connectors.core.file;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.destination.Writer;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Encodes rows of one target into parts, a megabyte at a time. One thread; disk or store are touched by ship threads only.
final class PartWriter implements Writer {
    private static final int SHIP_BYTES = 1 << 20;
    /// A giant record's buffer is not kept (R10).
    private static final int LARGEST_KEPT = 8 * SHIP_BYTES;

    private final FileOptions options;
    private final TargetId target;
    private final Shipping shipping;
    private final Supplier<StagedPart> parts;
    private Schema schema;
    private Rows rows;
    private OutputBuffer buffer = new OutputBuffer();
    private Optional<Open> open = Optional.empty();
    private List<Sealed> sealed = new ArrayList<>();

    private static final class Open {
        final StagedPart part;
        final Shipment shipment;
        long rows;
        long bytes;

        Open(StagedPart part, Shipment shipment) {
            this.part = part;
            this.shipment = shipment;
        }
    }

    private record Sealed(StagedPart part, CompletableFuture<Fragment> fragment) {}

    PartWriter(FileOptions options, TargetId target, Schema schema, Shipping shipping, Supplier<StagedPart> parts) {
        this.options = options;
        this.target = target;
        this.shipping = shipping;
        this.parts = parts;
        this.schema = schema;
        this.rows = Rows.of(options, schema, this::take, shipping);
    }

    /// Rows of another schema follow. A CSV's header and a Parquet file are for one, so they get a part of their own.
    void schema(Schema next) {
        if (!next.equals(schema)) {
            if (options.format() != Format.NDJSON) {
                seal();
            }
            rows.close();
            schema = next;
            rows = Rows.of(options, next, this::take, shipping);
        }
    }

    @Override
    public void write(RecordBatch batch) {
        int count = batch.rows();
        for (int row = 0; row < count; ) {
            Open part = open.orElseGet(this::begin);
            int to = Math.min(count, row + rows.step());
            rows.encode(batch, row, to, buffer);
            part.rows += to - row;
            row = to;
            boolean shipped = buffer.length() >= SHIP_BYTES;
            if (shipped) {
                ship(part);
            }
            boolean worthLooking = shipped || rows.heldBytes() > 0;
            if (worthLooking && part.bytes + rows.heldBytes() >= options.partBytes()) {
                seal();
            }
        }
    }

    long heldBytes() {
        return buffer.length() + rows.heldBytes();
    }

    /// What an encoder hands out by itself goes on in pieces of a shipment's size.
    private void take(byte[] data, int from, int length) {
        int end = from + length;
        for (int at = from; at < end; ) {
            int piece = Math.min(end - at, SHIP_BYTES - buffer.length());
            buffer.put(data, at, piece);
            at += piece;
            if (buffer.length() >= SHIP_BYTES) {
                ship(open.orElseThrow());
            }
        }
    }

    private Open begin() {
        StagedPart part = parts.get();
        Open begun = new Open(part, shipping.start(part.name()));
        rows.header(buffer);
        if (buffer.length() > 0) {
            send(begun, part::header);
        }
        open = Optional.of(begun);
        return begun;
    }

    private void ship(Open part) {
        if (buffer.length() > 0) {
            send(part, part.part::rows);
        }
    }

    private void send(Open part, Shipment.Action action) {
        int length = buffer.length();
        byte[] shipped = part.shipment.buffer(length);
        System.arraycopy(buffer.array(), 0, shipped, 0, length);
        part.bytes += length;
        part.shipment.send(shipped, length, action);
        forgetBuffer();
    }

    private void forgetBuffer() {
        if (buffer.array().length > LARGEST_KEPT) {
            buffer = new OutputBuffer();
        }
        buffer.clear();
    }

    private void seal() {
        if (open.isPresent()) {
            Open part = open.get();
            rows.end();
            ship(part);
            open = Optional.empty();
            String folder = Layout.folder(target, options.defaultTarget());
            sealed.add(new Sealed(part.part, part.shipment.finish(() -> {
                Part written = part.part.seal(folder);
                String description = written.json().toString();
                return new Fragment(target, Fragment.Kind.DURABLE, description, part.rows, written.bytes());
            })));
        }
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
        rows.drop();
        forgetBuffer();
        open.ifPresent(part -> part.shipment.cancel(part.part::discard));
        open = Optional.empty();
        for (Sealed part : sealed) {
            part.fragment().whenComplete((written, failure) -> part.part().discard());
        }
        sealed = new ArrayList<>();
    }

    void close() {
        drop();
        rows.close();
    }
}
