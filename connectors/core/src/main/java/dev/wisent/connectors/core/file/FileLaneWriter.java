package dev.wisent.connectors.core.file;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Flushing;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.destination.Writer;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/// The parts of one worker, of all its targets.
final class FileLaneWriter implements LaneWriter {
    private final FileOptions options;
    private final Place place;
    private final WriteRequest request;
    private final AtomicLong counter;
    private final Map<TargetId, PartWriter> writers = new LinkedHashMap<>();

    FileLaneWriter(FileOptions options, Place place, WriteRequest request, AtomicLong counter) {
        this.options = options;
        this.place = place;
        this.request = request;
        this.counter = counter;
    }

    @Override
    public Writer target(TargetId target, Schema schema) {
        PartWriter writer = writers.computeIfAbsent(target, t -> writer(t, schema));
        writer.schema(schema);
        return writer;
    }

    private PartWriter writer(TargetId target, Schema schema) {
        if (options.layout() instanceof Layout.OneFile file && !target.equals(options.defaultTarget())) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED, "one file can't hold the rows of target '" + target + "' too")
                    .where(file.path().toString())
                    .hint("write to a folder: each target gets one of its own in it");
        }
        return new PartWriter(options, target, schema, request.shipping(), () -> begin(target));
    }

    /// Never the same twice: run, claim, worker and counter make it so (R7).
    private StagedPart begin(TargetId target) {
        String name = "%s-%s-c%d-w%d-%d%s"
                .formatted(
                        Layout.escaped(target.name()),
                        Layout.escaped(request.run().value()),
                        request.claim(),
                        request.worker(),
                        counter.incrementAndGet(),
                        options.format().suffix());
        return new StagedPart(name, place.stage(name));
    }

    @Override
    public long heldBytes() {
        return writers.values().stream().mapToLong(PartWriter::heldBytes).sum();
    }

    @Override
    public Flushing flush() {
        List<CompletableFuture<Fragment>> fragments = writers.values().stream()
                .flatMap(writer -> writer.flush().stream())
                .toList();
        CompletableFuture<?>[] all = fragments.toArray(CompletableFuture<?>[]::new);
        return new Flushing(CompletableFuture.allOf(all)
                .thenApply(
                        done -> fragments.stream().map(CompletableFuture::join).toList()));
    }

    @Override
    public void drop() {
        writers.values().forEach(PartWriter::drop);
    }

    @Override
    public void close() {
        writers.values().forEach(PartWriter::close);
    }
}
