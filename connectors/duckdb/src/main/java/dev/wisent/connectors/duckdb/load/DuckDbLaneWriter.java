package dev.wisent.connectors.duckdb.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Flushing;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.destination.Writer;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.staged.PartFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// The Parquet parts of one worker, of all its targets.
final class DuckDbLaneWriter implements LaneWriter {
    private final DuckDbDatabase database;
    private final WriteRequest request;
    private final PartFolder folder;
    private final AtomicLong counter;
    private final Map<TargetId, ParquetParts> writers = new LinkedHashMap<>();
    /// Of parts whose schema is not written any more, in order.
    private final List<ParquetParts.Sealed> sealed = new ArrayList<>();

    DuckDbLaneWriter(DuckDbDatabase database, WriteRequest request, PartFolder folder, AtomicLong counter) {
        this.database = database;
        this.request = request;
        this.folder = folder;
        this.counter = counter;
    }

    @Override
    public Writer target(TargetId target, Schema schema) {
        ParquetParts known = writers.get(target);
        if (known != null && known.rows().equals(schema)) {
            return known;
        }
        database.check(schema);
        var unused = database.name(target);
        if (known != null) {
            known.seal().ifPresent(sealed::add);
            known.close();
        }
        ParquetParts writer = new ParquetParts(
                target,
                schema,
                request.primaryKey(),
                request.shipping(),
                () -> folder.next(request, counter.incrementAndGet(), ".parquet"));
        writers.put(target, writer);
        return writer;
    }

    @Override
    public long heldBytes() {
        return writers.values().stream().mapToLong(ParquetParts::heldBytes).sum();
    }

    @Override
    public Flushing flush() {
        writers.values().forEach(writer -> writer.seal().ifPresent(sealed::add));
        List<CompletableFuture<Fragment>> fragments =
                sealed.stream().map(ParquetParts.Sealed::fragment).toList();
        sealed.clear();
        return new Flushing(CompletableFuture.allOf(fragments.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        done -> fragments.stream().map(CompletableFuture::join).toList()));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what can't be removed is left to the next run's sweep
    public void drop() {
        writers.values().forEach(ParquetParts::drop);
        sealed.forEach(part ->
                part.fragment().whenComplete((written, failure) -> part.file().discard()));
        sealed.clear();
    }

    @Override
    public void close() {
        drop();
        writers.values().forEach(ParquetParts::close);
        writers.clear();
    }
}
