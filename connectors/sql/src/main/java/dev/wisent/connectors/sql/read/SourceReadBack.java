package dev.wisent.connectors.sql.read;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
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
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads a table back by the family's own source, as a full read would. One thread.
public final class SourceReadBack implements ReadBack {
    private static final Duration WAIT = Duration.ofMillis(100);

    private final Tables tables;

    /// Finds what a target holds.
    @FunctionalInterface
    public interface Tables {
        /// A source of which `as` is the table of `target`; closed by who asked. Empty: there is no such table.
        Optional<Source> of(TargetId target, StreamId as);
    }

    public SourceReadBack(Tables tables) {
        this.tables = tables;
    }

    @Override
    public void read(StreamId stream, TargetId target, Schema columns, Consumer<RecordBatch> rows) {
        StreamId as = new StreamId(target.name());
        tables.of(target, as).ifPresent(found -> {
            try (Source source = found) {
                read(source, as, new Handing(target, rows));
            }
        });
    }

    private static void read(Source source, StreamId stream, Handing out) {
        ReadRequest request = new ReadRequest(
                stream, SyncMode.FULL_REFRESH, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty());
        try (Planner planner = source.plan(request)) {
            planner.opening();
            Optional<StreamSchema> schema = planner.schema().map(StreamSchema::new);
            while (planner.next(WAIT) instanceof PlanPage.Splits(var splits, var forgotten)) {
                for (Split split : splits) {
                    read(source, stream, split, schema, out);
                }
            }
        }
    }

    private static void read(Source source, StreamId stream, Split split, Optional<StreamSchema> schema, Handing out) {
        try (SplitReader reader = source.reader(new ReaderContext(stream));
                Decoder decoder = source.decoder(split, new DecodeContext(Position.START, schema))) {
            reader.add(split, Position.START);
            while (true) {
                switch (reader.poll(WAIT)) {
                    case Fetched.Chunk chunk -> decoder.decode(chunk, out);
                    case Fetched.Ended ended -> {
                        decoder.end(out);
                        return;
                    }
                    case Fetched.Expired expired -> throw out.unreadable(expired.why());
                    case Fetched.Moved moved -> {}
                    case Fetched.Idle idle -> {}
                }
            }
        }
    }

    private record Handing(TargetId target, Consumer<RecordBatch> rows) implements BatchSink {
        @Override
        public void rows(RecordBatch batch, Stand upTo) {
            if (batch.rows() > 0) {
                rows.accept(Undeleted.of(batch));
            }
        }

        @Override
        public void reject(Reject reject) {
            throw unreadable(reject.message());
        }

        @Override
        public void discarded(long values) {}

        WisentException unreadable(String why) {
            return WisentException.of(ErrorCode.DESTINATION_CORRUPT, "a row can't be read back: " + why)
                    .where("table " + target);
        }
    }
}
