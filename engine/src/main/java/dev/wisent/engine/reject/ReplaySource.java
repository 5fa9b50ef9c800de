package dev.wisent.engine.reject;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import java.util.List;
import java.util.Set;

/// A source whose records are another one's rejects: schema and decoding are that one's, the splits are files of rejects.
final class ReplaySource implements Source {
    private final Source source;
    private final StreamId stream;
    private final KeptRejects kept;

    ReplaySource(Source source, StreamId stream, KeptRejects kept) {
        this.source = source;
        this.stream = stream;
        this.kept = kept;
    }

    @Override
    public void check() {
        source.check();
    }

    @Override
    public List<StreamInfo> streams() {
        return source.streams().stream()
                .map(info -> new StreamInfo(
                        info.id(),
                        info.schema(),
                        info.keys(),
                        info.cursorCandidates(),
                        Set.of(SyncMode.INCREMENTAL),
                        SyncMode.INCREMENTAL))
                .toList();
    }

    @Override
    public Traits traits(StreamId of) {
        return new Traits(
                Traits.Replay.EXACT,
                Traits.Readers.ONE_A_SPLIT,
                Traits.Publish.EACH_COMMIT,
                source.traits(of).shape());
    }

    @Override
    public String fingerprint(StreamId of) {
        return source.fingerprint(of);
    }

    @Override
    public Planner plan(ReadRequest request) {
        return new ReplayPlanner(source.plan(request), request, kept);
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new ReplayReader(kept);
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return new ReplayDecoder(
                source.rejectDecoder(stream, context), source.traits(stream).shape(), context);
    }

    @Override
    public void close() {
        source.close();
    }
}
