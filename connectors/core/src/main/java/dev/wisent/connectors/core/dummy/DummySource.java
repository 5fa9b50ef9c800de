package dev.wisent.connectors.core.dummy;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One split, a page a chunk, its number the ordinal. In stream mode the pages come once, the first one for a target
/// named like the stream.
final class DummySource implements Source {
    /// What comes after the last page.
    enum End {
        ENDS,
        STAYS_OPEN
    }

    private final StreamId stream;
    private final Duration sleep;
    private final End end;

    DummySource(StreamId stream, Duration sleep, End end) {
        this.stream = stream;
        this.sleep = sleep;
        this.end = end;
    }

    @Override
    public void check() {}

    @Override
    public List<StreamInfo> streams() {
        return DummyPages.STREAMS;
    }

    @Override
    public Traits traits(StreamId of) {
        return new Traits(Traits.Replay.EXACT, Traits.Readers.SHARED, Traits.Publish.EACH_COMMIT, Traits.Shape.RECORDS);
    }

    @Override
    public String fingerprint(StreamId of) {
        return "dummy " + of;
    }

    @Override
    public Planner plan(ReadRequest request) {
        return new DummyPlanner(
                request, new Split(new SplitId("pages"), "pages of " + stream, "", OptionalLong.empty()));
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new DummyReader(DummyPages.of(context.stream()), sleep, end);
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return new DummyDecoder(end == End.STAYS_OPEN ? Optional.of(stream.name()) : Optional.empty());
    }

    @Override
    public void close() {}
}
