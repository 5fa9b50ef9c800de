package dev.wisent.connectors.core;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.error.SplitFailure;
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

/// Reads a source as the engine does, one split after the other, and keeps what came: a whole split or nothing of it.
public final class Read {
    private static final Duration NO_WAIT = Duration.ZERO;

    public final List<String> rows = new ArrayList<>();
    public final List<Reject> rejects = new ArrayList<>();
    public final List<SplitFailure> failures = new ArrayList<>();
    public final List<Split> splits = new ArrayList<>();
    public final List<SplitId> forgotten = new ArrayList<>();
    public final List<Stand> stands = new ArrayList<>();
    public final List<Optional<String>> routes = new ArrayList<>();
    /// What a commit of all this makes the progress.
    public final Map<SplitId, SplitView> progress = new LinkedHashMap<>();
    public List<String> warnings = List.of();
    public long discarded;
    public Schema schema = Schema.of();

    private final Source source;
    private final StreamId stream;

    private Read(Source source, StreamId stream) {
        this.source = source;
        this.stream = stream;
    }

    public static Read all(Source source, SyncMode mode) {
        return all(source, mode, Map.of());
    }

    public static Read all(Source source, SyncMode mode, Map<SplitId, SplitView> before) {
        StreamId stream = source.streams().getFirst().id();
        Read read = new Read(source, stream);
        read.progress.putAll(before);
        ReadRequest request = request(stream, mode, before);
        try (Planner planner = source.plan(request)) {
            planner.opening();
            StreamSchema shared = new StreamSchema(planner.schema().orElse(Schema.of()));
            boolean columns = planner.schema().isPresent();
            while (planner.next(NO_WAIT) instanceof PlanPage.Splits page) {
                page.forget().forEach(read.progress::remove);
                read.forgotten.addAll(page.forget());
                for (Split split : page.splits()) {
                    read.splits.add(split);
                    SplitView stands = before.get(split.id());
                    if (stands != null && stands.finished()) {
                        continue;
                    }
                    Position after = stands == null ? Position.START : stands.position();
                    read.split(split, after, columns ? Optional.of(shared) : Optional.empty());
                }
            }
            read.warnings = planner.warnings();
            read.schema = shared.current();
        }
        return read;
    }

    public static ReadRequest request(StreamId stream, SyncMode mode, Map<SplitId, SplitView> before) {
        GenerationView empty = GenerationView.EMPTY;
        GenerationView view = new GenerationView(
                empty.id(), before, empty.schema(), empty.opening(), empty.counts(), empty.rejects());
        return new ReadRequest(stream, mode, view, StreamState.EMPTY, Optional.empty());
    }

    private void split(Split split, Position after, Optional<StreamSchema> schema) {
        Sink sink = new Sink(after);
        try (SplitReader reader = source.reader(new ReaderContext(stream));
                Decoder decoder = source.decoder(split, new DecodeContext(after, schema))) {
            reader.add(split, after);
            while (true) {
                switch (reader.poll(NO_WAIT)) {
                    case Fetched.Chunk chunk -> {
                        decoder.decode(chunk, sink);
                        chunk.stand().ifPresent(sink::stands);
                    }
                    case Fetched.Ended ended -> {
                        decoder.end(sink);
                        rows.addAll(sink.held);
                        Position at = ended.at().orElse(sink.at.position());
                        progress.put(split.id(), new SplitView(at, true));
                        return;
                    }
                    case Fetched.Idle idle -> {
                        rows.addAll(sink.held);
                        progress.put(split.id(), new SplitView(sink.at.position(), false));
                        return;
                    }
                    case Fetched.Moved moved -> sink.stands(moved.stand());
                    case Fetched.Expired expired -> throw new AssertionError(expired.why());
                }
            }
        } catch (SplitFailure failure) {
            failures.add(failure);
            progress.put(split.id(), new SplitView(after, true));
        }
    }

    private final class Sink implements BatchSink {
        private final List<String> held = new ArrayList<>();
        private Stand at;

        Sink(Position after) {
            this.at = Stand.safe(after);
        }

        @Override
        public void rows(RecordBatch batch, Stand upTo) {
            OutputBuffer out = new OutputBuffer();
            new NdjsonEncoder(batch.schema()).encode(batch, 0, batch.rows(), out);
            out.toString().lines().forEach(held::add);
            for (int row = 0; row < batch.rows(); row++) {
                routes.add(batch.destinationId());
            }
            stands(upTo);
        }

        void stands(Stand upTo) {
            if (upTo.position().ordinal() < at.position().ordinal()) {
                throw new AssertionError("went back from " + at + " to " + upTo + " (R3)");
            }
            at = upTo;
            stands.add(upTo);
        }

        @Override
        public void reject(Reject reject) {
            rejects.add(reject);
        }

        @Override
        public void discarded(long values) {
            discarded += values;
        }
    }
}
