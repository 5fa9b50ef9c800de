package dev.wisent.engine.internal.run;

import dev.wisent.api.Counts;
import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.TargetId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.RawRecords;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.engine.internal.run.Fetcher.Delivery;
import dev.wisent.engine.internal.transform.AsRead;
import dev.wisent.engine.internal.transform.TransformChain;
import java.util.Optional;
import java.util.OptionalLong;

/// The way of the rows inside a worker: decoder → transforms → shaper → writer, and what happens to records and inputs that
/// fail on it.
final class RowPath {
    private final Workforce workforce;
    private final RowShaper shaper;
    private final TransformChain transforms;
    /// When the last chunk came.
    private long gatheredAtMicros;

    RowPath(Workforce workforce) {
        this.workforce = workforce;
        this.shaper = workforce.shaper();
        this.transforms = workforce.transforms();
    }

    void close() {
        transforms.close();
    }

    /// Handles one fetched item of `split`; a [SplitFailure] says that the whole input is unusable.
    void serve(OpenSplit split, Delivery.Item item) {
        switch (item.fetched()) {
            case Fetched.Chunk chunk -> decode(split, chunk);
            case Fetched.Moved moved -> standsAt(split, moved.stand());
            case Fetched.Ended ended -> end(split, ended);
            case Fetched.Expired expired -> workforce.expired(split, expired.why());
            case Fetched.Idle idle -> {}
        }
    }

    /// Whether rows wait for more of the same input, so that transforms get many at once. They belong to the item served last:
    /// its split is served on, or [#handOn] or [#forget] is called, before its stand is used for anything.
    boolean holdsRows() {
        return transforms.holdsRows();
    }

    void handOn(OpenSplit split) {
        if (transforms.holdsRows()) {
            transforms.handOn(split.split.label(), new Sink(split, gatheredAtMicros));
        }
    }

    void forget() {
        transforms.forget();
    }

    private void decode(OpenSplit split, Fetched.Chunk chunk) {
        gatheredAtMicros = chunk.fetchedAtMicros();
        Sink sink = new Sink(split, gatheredAtMicros);
        split.lane.counts = split.lane.counts.plus(bytesRead(chunk.payload().bytes()));
        split.lane.touch(workforce.host().nanos());
        workforce.decoded(0, chunk.payload().bytes());
        split.decoding = true;
        decoderOf(split).decode(chunk, sink);
        chunk.stand().ifPresent(stand -> standsAt(split, stand));
        if (split.decoding) {
            // The decoder holds rows of the chunk, or made rejects of it: a cut here would part them from their
            // position.
            split.stand = Stand.notHere(split.stand.position());
        }
        Boundary.reached(Boundary.DECODED);
    }

    /// Ordinals never fall (R3).
    private void standsAt(OpenSplit split, Stand next) {
        Position now = split.stand.position();
        if (next.position().ordinal() < now.ordinal() && workforce.upholds(EngineRule.FORWARD_ONLY)) {
            throw WisentException.of(
                            ErrorCode.SOURCE_REGRESSED,
                            "the source moved a split back from " + now + " to " + next.position())
                    .where(split.split.label());
        }
        split.stand = next;
        split.decoding = false;
        if (next.isDue()) {
            split.lane.wantCut(Cut.Urgency.NOW);
        }
    }

    private Decoder decoderOf(OpenSplit split) {
        if (split.decoder.isEmpty()) {
            split.decoder = Optional.of(workforce.decoder(split.split, split.readFrom));
        }
        return split.decoder.get();
    }

    private void end(OpenSplit split, Fetched.Ended ended) {
        gatheredAtMicros = workforce.nowMicros();
        decoderOf(split).end(new Sink(split, gatheredAtMicros));
        standsAt(split, Stand.safe(ended.at().orElse(split.stand.position())));
        split.ended = true;
        split.closeDecoder();
    }

    /// What an unusable input leaves behind; throws when the run is to fail for it.
    Reject rejectOf(OpenSplit split, SplitFailure failure) {
        if (workforce.job().onBadRecord() == StreamJob.OnBadRecord.FAIL) {
            throw failure;
        }
        return reject(split, failure);
    }

    private static Reject reject(OpenSplit split, SplitFailure failure) {
        return new Reject(
                0,
                failure.stage(),
                failure.where().isEmpty() ? split.split.label() : failure.where(),
                split.cutAt.ordinal(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                new byte[0],
                0,
                failure.code().id(),
                withCause(failure));
    }

    private static String withCause(SplitFailure failure) {
        String cause = failure.getCause() == null
                ? ""
                : String.valueOf(failure.getCause().getMessage());
        return cause.isEmpty() || failure.what().contains(cause) ? failure.what() : failure.what() + ": " + cause;
    }

    private static Counts bytesRead(long bytes) {
        return new Counts(0, 0, 0, 0, 0, 0, 0, bytes, 0);
    }

    /// Takes what the decoder makes of one item.
    private final class Sink implements BatchSink, RowShaper.Out, TransformChain.Out {
        private final OpenSplit split;
        private final LaneWork lane;
        private final long fetchedAtMicros;

        Sink(OpenSplit split, long fetchedAtMicros) {
            this.split = split;
            this.lane = split.lane;
            this.fetchedAtMicros = fetchedAtMicros;
        }

        @Override
        public void rows(RecordBatch batch, Stand upTo) {
            if (batch.rows() > 0) {
                lane.counts = lane.counts.plus(new Counts(batch.rows(), 0, 0, 0, 0, 0, 0, 0, 0));
                workforce.decoded(batch.rows(), 0);
                lane.latency.add(sourceTime(batch), batch.rows());
                transforms.gather(split.split.label(), workforce.noted(batch), this);
            }
            standsAt(split, upTo);
        }

        @Override
        public void transformed(RecordBatch batch, AsRead read) {
            shaper.shape(new RowShaper.Origin(split.split.id().value(), fetchedAtMicros, read), batch, this);
        }

        @Override
        public void counted(long added, long filtered) {
            lane.counts = lane.counts.plus(new Counts(0, added, 0, 0, filtered, 0, 0, 0, 0));
        }

        @Override
        public void write(TargetId target, RecordBatch batch) {
            if (batch.rows() > 0) {
                lane.writer.target(target, batch.schema()).write(batch);
                lane.counts = lane.counts.plus(new Counts(0, 0, batch.rows(), 0, 0, 0, 0, 0, 0));
                Boundary.reached(Boundary.WRITTEN);
            }
        }

        /// From the decoder: the record was not counted yet.
        @Override
        public void reject(Reject reject) {
            lane.counts = lane.counts.plus(new Counts(reject.records(), 0, 0, 0, 0, 0, 0, 0, 0));
            refuse(reject);
        }

        /// From the shaper: the chain counted what the record became.
        @Override
        public void refuse(Reject reject, int rows) {
            counted(1L - rows, 0);
            refuse(reject);
        }

        /// From a transform: the record was counted as read.
        @Override
        public void refuse(Reject reject) {
            switch (workforce.job().onBadRecord()) {
                case REJECT -> {
                    lane.counts = lane.counts.plus(new Counts(0, 0, 0, reject.records(), 0, 0, 0, 0, 0));
                    lane.rejects.add(reject);
                    workforce.countFailure(lane);
                }
                case SKIP_FILE ->
                    throw new SplitFailure(
                            reject.stage(),
                            reject.message(),
                            describe(reject),
                            new IllegalArgumentException(reject.message()));
                case FAIL ->
                    throw WisentException.of(ErrorCode.BAD_RECORD, reject.message())
                            .where(describe(reject))
                            .hint("error_handling: {on_bad_record: reject} keeps such records aside and goes on");
            }
        }

        @Override
        public void discarded(long values) {
            lane.counts = lane.counts.plus(new Counts(0, 0, 0, 0, 0, 0, values, 0, 0));
        }

        private long sourceTime(RecordBatch batch) {
            if (batch.schema().equals(RawRecords.SCHEMA)
                    && batch.column(RawRecords.TIMESTAMP) instanceof LongColumn times
                    && !times.isNull(0)) {
                return times.get(0);
            }
            return fetchedAtMicros;
        }
    }

    /// Without a line, as of a message or a page, the ordinal.
    private static String describe(Reject reject) {
        String line =
                reject.line().isPresent() ? ", line " + reject.line().getAsLong() : ", ordinal " + reject.ordinal();
        return reject.where()
                + line
                + (reject.byteOffset().isPresent()
                        ? ", byte " + reject.byteOffset().getAsLong()
                        : "");
    }
}
