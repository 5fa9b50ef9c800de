package dev.wisent.connectors.sql.staged;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Flushing;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.Writer;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// The parts of one worker, of all its targets.
public final class StagedLaneWriter implements LaneWriter {
    private final StagedDatabase database;
    private final Parts parts;
    private final Map<TargetId, PartWriter> writers = new LinkedHashMap<>();
    /// Of parts whose schema is not written any more, in order.
    private final List<PartWriter.Sealed> sealed = new ArrayList<>();

    /// Makes the writer of one target's parts.
    @FunctionalInterface
    public interface Parts {
        PartWriter open(TargetId target, Schema schema);
    }

    public StagedLaneWriter(StagedDatabase database, Parts parts) {
        this.database = database;
        this.parts = parts;
    }

    @Override
    public Writer target(TargetId target, Schema schema) {
        PartWriter known = writers.get(target);
        if (known != null && known.rows().equals(schema)) {
            return known;
        }
        database.check(schema);
        var unused = database.name(target);
        if (known != null) {
            known.seal().ifPresent(sealed::add);
            known.close();
        }
        PartWriter writer = parts.open(target, schema);
        writers.put(target, writer);
        return writer;
    }

    @Override
    public long heldBytes() {
        return writers.values().stream().mapToLong(PartWriter::heldBytes).sum();
    }

    @Override
    public Flushing flush() {
        writers.values().forEach(writer -> writer.seal().ifPresent(sealed::add));
        List<CompletableFuture<Fragment>> fragments =
                sealed.stream().map(PartWriter.Sealed::fragment).toList();
        sealed.clear();
        return new Flushing(CompletableFuture.allOf(fragments.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        done -> fragments.stream().map(CompletableFuture::join).toList()));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what can't be removed is left to the next run's sweep
    public void drop() {
        writers.values().forEach(PartWriter::drop);
        sealed.forEach(part -> part.fragment()
                .whenComplete((written, failure) -> part.discard().run()));
        sealed.clear();
    }

    @Override
    public void close() {
        drop();
        writers.values().forEach(PartWriter::close);
        writers.clear();
    }
}
