package dev.wisent.engine;

import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Lag;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A source whose streams are known from elsewhere; the rest it does itself.
record KnownSource(Source source, AskedStreams known, StreamId stream) implements Source {
    @Override
    public void check() {
        source.check();
    }

    @Override
    public List<StreamInfo> streams() {
        return known.has(stream) ? known.all() : source.streams();
    }

    @Override
    public Traits traits(StreamId of) {
        return source.traits(of);
    }

    @Override
    public OptionalInt openSplits(StreamId of) {
        return source.openSplits(of);
    }

    @Override
    public Optional<String> unknownFrontier(StreamId of) {
        return source.unknownFrontier(of);
    }

    @Override
    public String fingerprint(StreamId of) {
        return source.fingerprint(of);
    }

    @Override
    public Planner plan(ReadRequest request) {
        return source.plan(request);
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return source.reader(context);
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return source.decoder(split, context);
    }

    @Override
    public Optional<Decoder> rejectDecoder(StreamId of, DecodeContext context) {
        return source.rejectDecoder(of, context);
    }

    @Override
    public void committed(Commit commit) {
        source.committed(commit);
    }

    @Override
    public List<Lag> lag(StreamId of) {
        return source.lag(of);
    }

    @Override
    public Statistics statistics(Commit commit) {
        return source.statistics(commit);
    }

    @Override
    public void close() {
        source.close();
    }
}
