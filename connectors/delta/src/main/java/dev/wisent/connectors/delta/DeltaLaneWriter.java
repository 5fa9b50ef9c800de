package dev.wisent.connectors.delta;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Flushing;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.destination.Writer;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.log.DeltaSchema;
import dev.wisent.connectors.delta.partition.Partitioning;
import dev.wisent.connectors.delta.table.Application;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The data files of one worker.
final class DeltaLaneWriter implements LaneWriter {
    private final DeltaOptions options;
    private final ObjectStore store;
    private final Application application;
    private final WriteRequest request;
    private final AtomicLong counter;
    private final Semaphore uploads;
    private final List<String> partitionBy;
    private final Clock clock;
    private final Consumer<String> warnings;
    private Optional<TableWriter> writer = Optional.empty();
    private final SealedFiles sealed = new SealedFiles();

    DeltaLaneWriter(
            DeltaOptions options,
            ObjectStore store,
            Application application,
            WriteRequest request,
            AtomicLong counter,
            Semaphore uploads,
            List<String> partitionBy,
            Clock clock,
            Consumer<String> warnings) {
        this.options = options;
        this.store = store;
        this.application = application;
        this.request = request;
        this.counter = counter;
        this.uploads = uploads;
        this.partitionBy = List.copyOf(partitionBy);
        this.clock = clock;
        this.warnings = warnings;
    }

    @Override
    public Writer target(TargetId target, Schema schema) {
        if (!target.equals(options.target())) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED, "one table can't hold the rows of target '" + target + "' too")
                    .where(store.url())
                    .hint("give each target a pipeline of its own, or write to 'file'");
        }
        DeltaSchema.refusedName(schema).ifPresent(name -> {
            throw WisentException.of(
                            ErrorCode.SCHEMA_REFUSED,
                            "a column of a table can't be named '" + name
                                    + "': it has one of  ,;{}()= or a line break or tab, or differs from another by case alone")
                    .where(store.url())
                    .hint("rename it: transforms: [{rename: {\"" + name + "\": …}}]");
        });
        for (Field field : schema.fields()) {
            for (DataType type : List.of(DataType.UUID, DataType.TIME)) {
                if (DeltaSchema.has(Schema.of(field), type)) {
                    warnings.accept(
                            "column '" + field.name() + "' is text in the table, which has no type for " + type.text()
                                    + ": its metadata says " + field.type().text());
                }
            }
        }
        if (writer.isPresent() && writer.get().rows().equals(schema)) {
            return writer.get();
        }
        Partitioning partitioning = Partitioning.of(schema, partitionBy);
        writer.ifPresent(before -> {
            before.seal();
            before.close();
        });
        TableWriter next = new TableWriter(
                options, target, partitioning, store, request.shipping(), uploads, this::name, sealed, clock);
        writer = Optional.of(next);
        return next;
    }

    private String name() {
        return PartNames.of(
                application,
                request,
                counter.incrementAndGet(),
                options.parquet().compression().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public long heldBytes() {
        return writer.map(TableWriter::heldBytes).orElse(0L);
    }

    @Override
    public Flushing flush() {
        writer.ifPresent(TableWriter::seal);
        List<CompletableFuture<Fragment>> fragments = sealed.flush();
        return new Flushing(CompletableFuture.allOf(fragments.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        done -> fragments.stream().map(CompletableFuture::join).toList()));
    }

    @Override
    public void drop() {
        writer.ifPresent(TableWriter::drop);
        sealed.drop();
    }

    @Override
    public void close() {
        writer.ifPresent(TableWriter::close);
        writer = Optional.empty();
        sealed.drop();
    }
}
