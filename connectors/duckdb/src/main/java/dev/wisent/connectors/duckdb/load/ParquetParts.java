package dev.wisent.connectors.duckdb.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.parquet.Compression;
import dev.wisent.columnar.parquet.ParquetEncoder;
import dev.wisent.columnar.parquet.ParquetFile;
import dev.wisent.columnar.parquet.ParquetOptions;
import dev.wisent.connectors.sql.staged.PartWriter;
import dev.wisent.connectors.sql.staged.RowChanges;
import dev.wisent.connectors.sql.staged.StagedPart;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Encodes rows of one target and schema into parts, a megabyte at a time. One thread; the disk is touched by ship threads
/// only.
final class ParquetParts implements PartWriter {
    private static final int SHIP_BYTES = 1 << 20;
    /// Parts are read once, from the cache of the system: hashes and checksums would cost more than they save.
    private static final ParquetOptions OPTIONS =
            ParquetOptions.DEFAULT.withCompression(Compression.LZ4_RAW).withChecksums(ParquetOptions.Checksums.NONE);

    private final TargetId target;
    private final Schema rows;
    private final Shipping shipping;
    private final Supplier<Path> names;
    private final List<String> primaryKey;
    private final Optional<RowChanges> changes;
    private final ParquetEncoder encoder;
    private final OutputBuffer buffer = new OutputBuffer();
    private Optional<Open> open = Optional.empty();

    private record Open(PartFile file, Shipment shipment) {}

    ParquetParts(TargetId target, Schema rows, List<String> primaryKey, Shipping shipping, Supplier<Path> names) {
        this.target = target;
        this.rows = rows;
        this.shipping = shipping;
        this.names = names;
        this.primaryKey = primaryKey;
        this.changes = primaryKey.isEmpty() ? Optional.empty() : Optional.of(new RowChanges(rows));
        try {
            this.encoder =
                    new ParquetEncoder(this.changes.map(RowChanges::schema).orElse(rows), OPTIONS);
        } catch (IllegalArgumentException refused) {
            throw WisentException.of(ErrorCode.SCHEMA_REFUSED, "these columns can't be staged: " + refused.getMessage())
                    .hint("declare the column as json");
        }
    }

    @Override
    public Schema rows() {
        return rows;
    }

    @Override
    public void write(RecordBatch batch) {
        if (batch.rows() == 0) {
            return;
        }
        if (open.isEmpty()) {
            PartFile file = new PartFile(names.get());
            open = Optional.of(new Open(file, shipping.start(file.name())));
        }
        RecordBatch written = changes.map(c -> c.of(batch)).orElse(batch);
        encoder.encode(written, 0, written.rows(), this::take);
    }

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

    private void ship(Open part) {
        int length = buffer.length();
        if (length > 0) {
            byte[] shipped = part.shipment().buffer(length);
            System.arraycopy(buffer.array(), 0, shipped, 0, length);
            part.shipment().send(shipped, length, part.file()::write);
            buffer.clear();
        }
    }

    @Override
    public long heldBytes() {
        return buffer.length() + encoder.heldBytes();
    }

    @Override
    public Optional<Sealed> seal() {
        return open.map(part -> {
            ParquetFile written = encoder.finish(this::take);
            ship(part);
            open = Optional.empty();
            String description = new StagedPart(part.file().name(), rows, primaryKey).json();
            CompletableFuture<Fragment> fragment = part.shipment().finish(() -> {
                long bytes = part.file().seal();
                return new Fragment(target, Fragment.Kind.DURABLE, description, written.rows(), bytes);
            });
            return new Sealed(fragment, part.file()::discard);
        });
    }

    @Override
    public void drop() {
        encoder.drop();
        buffer.clear();
        open.ifPresent(part -> part.shipment().cancel(part.file()::discard));
        open = Optional.empty();
    }

    @Override
    public void close() {
        drop();
        encoder.close();
    }
}
