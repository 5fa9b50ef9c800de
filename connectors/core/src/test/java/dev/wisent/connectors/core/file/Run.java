package dev.wisent.connectors.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RunId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Change;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.Role;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.parquet.ParquetOptions;
import dev.wisent.storage.Stores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// One run with a destination of its own, which counts its commits as the engine does.
final class Run {
    static final StreamId ORDERS = new StreamId("orders");
    static final TargetId TARGET = new TargetId("orders");
    static final Schema SCHEMA = Schema.of(Field.required("v", DataType.STRING));
    static final SplitId SPLIT = new SplitId("s");
    private static final AtomicLong RUNS = new AtomicLong();

    final FileDestination destination;
    final RunId id = new RunId("run" + RUNS.incrementAndGet());
    long n;
    long claim;
    long commits;

    Run(FileDestination destination) {
        this.destination = destination;
    }

    static Run in(Path path, Format format) {
        return new Run(new FileDestination(options(path, format, 1_000)));
    }

    static Run in(Path path) {
        return in(path, path.endsWith("parquet") ? Format.PARQUET : Format.NDJSON);
    }

    static FileOptions options(Path path, Format format, long baseEvery) {
        return options(Layout.of(path, false), format, baseEvery);
    }

    /// As in an object store: `folder` is its place, on a disk.
    static FileOptions inStore(Path folder, long baseEvery) {
        return options(new Layout.InStore(folder.toString(), Map.of()), Format.NDJSON, baseEvery);
    }

    static StorePlace store(Path folder) {
        return new StorePlace(folder.toString(), () -> Stores.local().open(folder.toString(), Map.of()));
    }

    private static FileOptions options(Layout layout, Format format, long baseEvery) {
        return new FileOptions(
                layout, format, CsvOptions.DEFAULT, ParquetOptions.DEFAULT, 50 << 20, "test", TARGET, baseEvery);
    }

    Run claimed() {
        n = destination.progress(ORDERS).lane(LaneId.FIRST).last();
        Commit.Claim commit = claim();
        assertThat(destination.commit(commit)).isEqualTo(new CommitOutcome.Committed(n));
        return this;
    }

    Commit.Claim claim() {
        Head head = next();
        claim = head.n();
        return new Commit.Claim(head, new Claimant(id, "here", 1, Instant.EPOCH, Role.READ));
    }

    Head next() {
        n++;
        return new Head(new CommitId(id + "-" + ++commits), ORDERS, LaneId.FIRST, n, id);
    }

    GenerationId begin(Generation.Kind kind) {
        Head head = next();
        GenerationId generation = new GenerationId(head.n());
        expectCommitted(new Commit.Begin(head, new Generation(generation, kind), "f", StreamState.EMPTY));
        return generation;
    }

    List<Fragment> write(TargetId target, String... rows) {
        return write(target, SCHEMA, rows);
    }

    List<Fragment> write(TargetId target, Schema schema, String... rows) {
        try (LaneWriter writer = open()) {
            writer.target(target, schema).write(batch(schema, rows));
            return writer.flush().fragments().join();
        }
    }

    LaneWriter open() {
        return destination.open(
                new WriteRequest(ORDERS, LaneId.FIRST, id, claim, 0, GenerationId.FIRST, Shipping.inline()));
    }

    static RecordBatch batch(Schema schema, String... rows) {
        RecordBatch batch = RecordBatch.of(schema);
        for (String row : rows) {
            ((BytesColumn) batch.column(0)).append(row);
            batch.endRow();
        }
        return batch;
    }

    Commit.Data data(GenerationId generation, String... rows) {
        return data(generation, rows.length == 0 ? List.of() : write(TARGET, rows));
    }

    Commit.Data data(GenerationId generation, List<Fragment> fragments) {
        long rows = fragments.stream().mapToLong(Fragment::rows).sum();
        Counts counts = new Counts(rows, 0, rows, 0, 0, 0, 0, 0, 0);
        Change change = new Change(Optional.empty(), List.of(), counts, List.of());
        Head head = next();
        SplitId split = new SplitId("split" + head.id());
        List<Advance> advances = List.of(new Advance(split, Position.START, Position.at(rows), true));
        return new Commit.Data(head, generation, Commit.Mode.APPEND, advances, fragments, change);
    }

    GenerationId live() {
        return destination.progress(ORDERS).live().id();
    }

    Run append(String... rows) {
        expectCommitted(data(live(), rows));
        return this;
    }

    Run publish(GenerationId generation) {
        expectCommitted(new Commit.Publish(next(), generation));
        return this;
    }

    Run refresh(String... rows) {
        GenerationId generation = begin(Generation.Kind.REPLACE);
        expectCommitted(data(generation, rows));
        return publish(generation);
    }

    CommitOutcome commit(Commit commit) {
        return destination.commit(commit);
    }

    void expectCommitted(Commit commit) {
        assertThat(destination.commit(commit))
                .isEqualTo(new CommitOutcome.Committed(commit.head().n()));
    }

    void expectStale(Commit commit) {
        assertThat(destination.commit(commit)).isInstanceOf(CommitOutcome.Stale.class);
    }
}
