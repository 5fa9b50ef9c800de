package dev.wisent.engine;

import dev.wisent.api.StreamId;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.StreamInfo;
import java.util.List;
import java.util.Optional;

/// The streams of a source, asked for once in a run: the answer may be a query over thousands of tables. Any thread.
public final class AskedStreams {
    private final Source source;
    private Optional<List<StreamInfo>> answer = Optional.empty();

    /// @param source is asked when somebody first wants to know; never closed by this
    public AskedStreams(Source source) {
        this.source = source;
    }

    public synchronized List<StreamInfo> all() {
        List<StreamInfo> streams = answer.orElseGet(source::streams);
        answer = Optional.of(streams);
        return streams;
    }

    /// `other` as it is, but it says what is known here already, if its stream is among them.
    public Source over(Source other, StreamId stream) {
        return new KnownSource(other, this, stream);
    }

    boolean has(StreamId stream) {
        return all().stream().anyMatch(info -> info.id().equals(stream));
    }
}
