package dev.wisent.testkit.connector;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A source read as the engine reads it, one split after the other, with every stand it named on the way; for tests of what
/// [SourceContract] does not cover. Rows are JSON objects. What is read counts as committed, but a source that would forget it
/// ([Traits.Replay#isAcknowledged]) is not told: as if each reading had died before. One thread.
public final class SourceReading {
    private static final Duration WAIT = Duration.ofMillis(20);
    /// A split without end that brings nothing for so long is taken to have nothing more; a server may be slow to begin.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /// What was read of one split.
    ///
    /// @param rows JSON objects, in order
    /// @param stands where it stood, in order, from the beginning on
    /// @param rowsBefore for each of `stands`, how many of `rows` lie before it
    /// @param rejects records that can't be processed
    /// @param end where it stands now, and whether it is finished
    public record OfSplit(
            Split split,
            List<String> rows,
            List<Stand> stands,
            List<Integer> rowsBefore,
            List<Reject> rejects,
            SplitView end) {}

    private final Source source;
    private final StreamId stream;
    private final SyncMode mode;
    private final List<OfSplit> splits = new ArrayList<>();
    private final List<SplitId> planned = new ArrayList<>();
    private final Map<SplitId, SplitView> progress = new LinkedHashMap<>();
    private StreamState opening = StreamState.EMPTY;
    private Optional<Schema> schema = Optional.empty();
    private boolean complete;

    private SourceReading(Source source, StreamId stream, SyncMode mode) {
        this.source = source;
        this.stream = stream;
        this.mode = mode;
    }

    /// Reads everything there is now.
    public static SourceReading all(Source source, StreamId stream, SyncMode mode) {
        return after(source, stream, mode, Map.of());
    }

    /// Reads what is left when splits stand as `before` says.
    public static SourceReading after(Source source, StreamId stream, SyncMode mode, Map<SplitId, SplitView> before) {
        SourceReading reading = new SourceReading(source, stream, mode);
        reading.progress.putAll(before);
        reading.read();
        return reading;
    }

    public List<OfSplit> splits() {
        return List.copyOf(splits);
    }

    /// The splits the planner named, finished ones too.
    public List<SplitId> planned() {
        return List.copyOf(planned);
    }

    /// What a commit of all this makes the progress.
    public Map<SplitId, SplitView> progress() {
        return new LinkedHashMap<>(progress);
    }

    /// All rows, split after split.
    public List<String> rows() {
        return splits.stream().flatMap(split -> split.rows().stream()).toList();
    }

    /// Whether the planner said that it has named everything.
    public boolean isComplete() {
        return complete;
    }

    /// What the planner asked to be stored before it named a split.
    public StreamState opening() {
        return opening;
    }

    /// The schema as it was known when the last split was read; empty: schemaless.
    public Optional<Schema> schema() {
        return schema;
    }

    private void read() {
        Map<SplitId, SplitView> before = Map.copyOf(progress);
        try (Planner planner = source.plan(request(before, StreamState.EMPTY, Optional.empty()))) {
            opening = planner.opening();
            schema = planner.schema();
            Optional<StreamSchema> shared = schema.map(StreamSchema::new);
            PlanPage page = planner.next(WAIT);
            while (page instanceof PlanPage.Splits found) {
                found.forget().forEach(progress::remove);
                for (Split split : found.splits()) {
                    planned.add(split.id());
                    SplitView stands = before.getOrDefault(split.id(), new SplitView(Position.START, false));
                    if (!stands.finished()) {
                        splits.add(split(source, stream, split, stands.position(), shared));
                        progress.put(split.id(), splits.getLast().end());
                    }
                }
                page = planner.next(WAIT);
            }
            complete = page instanceof PlanPage.Complete;
            schema = shared.map(StreamSchema::current);
        }
    }

    ReadRequest request(Map<SplitId, SplitView> before, StreamState state, Optional<Schema> stored) {
        GenerationView empty = GenerationView.EMPTY;
        GenerationView view = new GenerationView(empty.id(), before, stored, state, empty.counts(), empty.rejects());
        return new ReadRequest(stream, mode, view, state, stored);
    }

    /// Reads the rest of a split after `after`.
    public static OfSplit split(
            Source source, StreamId stream, Split split, Position after, Optional<StreamSchema> schema) {
        Sink sink = new Sink(source, stream, after);
        boolean forgets = source.traits(stream).replay().isAcknowledged();
        try (SplitReader reader = source.reader(new ReaderContext(stream));
                Decoder decoder = source.decoder(split, new DecodeContext(after, schema))) {
            reader.add(split, after);
            long heard = System.nanoTime();
            while (true) {
                Fetched fetched = reader.poll(WAIT);
                if (!(fetched instanceof Fetched.Idle)) {
                    heard = System.nanoTime();
                }
                if (fetched instanceof Fetched.Ended(SplitId ended, Optional<Position> at)) {
                    decoder.end(sink);
                    return sink.read(split, new SplitView(at.orElse(sink.stand().position()), true));
                }
                if (System.nanoTime() - heard > PATIENCE.toNanos()) {
                    return sink.read(split, new SplitView(sink.stand().position(), false));
                }
                sink.take(fetched, decoder);
                if (sink.stand().isSafe() && !forgets) {
                    reader.committed(split.id(), sink.stand().position());
                }
            }
        }
    }

    /// Keeps what a decoder hands over.
    static final class Sink implements BatchSink {
        private final List<String> rows = new ArrayList<>();
        private final List<Stand> stands = new ArrayList<>();
        private final List<Integer> rowsBefore = new ArrayList<>();
        private final List<Reject> rejects = new ArrayList<>();
        private final boolean records;

        Sink(Source source, StreamId stream, Position after) {
            this.records = source.traits(stream).shape() == Traits.Shape.RECORDS;
            stands.add(Stand.safe(after));
            rowsBefore.add(0);
        }

        /// What came from a poll, but an end.
        void take(Fetched fetched, Decoder decoder) {
            switch (fetched) {
                case Fetched.Chunk chunk -> {
                    decoder.decode(chunk, this);
                    chunk.payload().release();
                    chunk.stand().ifPresent(this::stands);
                }
                case Fetched.Moved moved -> stands(moved.stand());
                case Fetched.Expired(SplitId split, String why) ->
                    throw new AssertionError("split " + split + " can't be resumed: " + why);
                case Fetched.Idle idle -> {}
                case Fetched.Ended ended -> throw new IllegalArgumentException("its reader ends it");
            }
        }

        Stand stand() {
            return stands.getLast();
        }

        List<String> rows() {
            return rows;
        }

        OfSplit read(Split split, SplitView end) {
            return new OfSplit(split, rows, stands, rowsBefore, rejects, end);
        }

        private void stands(Stand upTo) {
            if (upTo.position().ordinal() < stand().position().ordinal()) {
                throw new AssertionError("went back from " + stand() + " to " + upTo + " (R3)");
            }
            stands.add(upTo);
            rowsBefore.add(rows.size());
        }

        @Override
        public void rows(RecordBatch batch, Stand upTo) {
            if (records) {
                BytesColumn data = (BytesColumn) batch.column(0);
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(data.string(row));
                }
            } else {
                OutputBuffer out = new OutputBuffer();
                new NdjsonEncoder(batch.schema()).encode(batch, 0, batch.rows(), out);
                out.toString().lines().forEach(rows::add);
            }
            stands(upTo);
        }

        @Override
        public void reject(Reject reject) {
            rejects.add(reject);
        }

        @Override
        public void discarded(long values) {
            // counted by the engine
        }
    }
}
