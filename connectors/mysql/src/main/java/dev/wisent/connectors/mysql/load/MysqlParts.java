package dev.wisent.connectors.mysql.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WriteFailure;
import dev.wisent.api.fault.Boundary;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.staged.PartWriter;
import dev.wisent.connectors.sql.staged.RowChanges;
import dev.wisent.connectors.sql.staged.StagedPart;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Writes rows of one target and schema into parts. One thread; ship threads only sync what it wrote.
final class MysqlParts implements PartWriter {
    /// A statement of rows: far below what a server takes at once by default.
    private static final int BLOCK_BYTES = 512 << 10;

    private final TargetId target;
    private final Schema rows;
    private final List<String> primaryKey;
    private final Shipping shipping;
    private final Supplier<Path> names;
    private final Optional<RowChanges> changes;
    private final Literals literals;
    private final Schema written;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK_BYTES);
    private Optional<Open> open = Optional.empty();

    private static final class Open {
        final Path file;
        final DataOutputStream to;
        long rows;
        long bytes;

        Open(Path file, DataOutputStream to) {
            this.file = file;
            this.to = to;
        }
    }

    MysqlParts(TargetId target, Schema rows, List<String> primaryKey, Shipping shipping, Supplier<Path> names) {
        this.target = target;
        this.rows = rows;
        this.primaryKey = primaryKey;
        this.shipping = shipping;
        this.names = names;
        this.changes = primaryKey.isEmpty() ? Optional.empty() : Optional.of(new RowChanges(rows));
        this.written = changes.map(RowChanges::schema).orElse(rows);
        this.literals = new Literals(written);
    }

    @Override
    public Schema rows() {
        return rows;
    }

    /// Little is held; but a part is worth a cut when it is large.
    @Override
    public long heldBytes() {
        return open.map(part -> part.bytes).orElse(0L);
    }

    @Override
    public void write(RecordBatch batch) {
        if (batch.rows() == 0) {
            return;
        }
        RecordBatch all = changes.map(c -> c.of(batch)).orElse(batch);
        try {
            if (open.isEmpty()) {
                Path file = names.get();
                open = Optional.of(new Open(file, PartFile.create(file, written)));
            }
            Open part = open.get();
            for (int row = 0; row < all.rows(); row++) {
                int before = block.size();
                if (before > 0) {
                    block.write(',');
                }
                literals.row(all, row, block);
                part.bytes += block.size() - before;
                if (block.size() > BLOCK_BYTES) {
                    flush(part);
                }
            }
            part.rows += all.rows();
        } catch (IOException e) {
            throw failed(open.map(part -> part.file).orElse(Path.of("")), e);
        }
    }

    private void flush(Open part) throws IOException {
        if (block.size() > 0) {
            PartFile.block(part.to, block.toByteArray(), block.size());
            block.reset();
        }
    }

    @Override
    public Optional<Sealed> seal() {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Open part = open.get();
        open = Optional.empty();
        try {
            flush(part);
            PartFile.end(part.to);
        } catch (IOException e) {
            throw failed(part.file, e);
        }
        String name = String.valueOf(part.file.getFileName());
        String description = new StagedPart(name, rows, primaryKey).json();
        CompletableFuture<Fragment> fragment = shipping.start(name).finish(() -> {
            Boundary.reached(Boundary.STAGING);
            long bytes = synced(part.file);
            Boundary.reached(Boundary.STAGED);
            return new Fragment(target, Fragment.Kind.DURABLE, description, part.rows, bytes);
        });
        return Optional.of(new Sealed(fragment, () -> remove(part.file)));
    }

    private static long synced(Path file) {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.WRITE)) {
            content.force(true);
            return content.size();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public void drop() {
        block.reset();
        open.ifPresent(part -> {
            try {
                part.to.close();
            } catch (IOException e) {
                throw failed(part.file, e);
            }
            remove(part.file);
        });
        open = Optional.empty();
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part that is not needed can't be removed", file, 0, e);
        }
    }

    private static RuntimeException failed(Path file, IOException cause) {
        return WriteFailure.of(ErrorCode.WRITE_FAILED, "a part can't be written", file, 0, cause);
    }

    @Override
    public void close() {
        drop();
    }
}
