package dev.wisent.api.source;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The small way to write a source: say how one page is fetched. Everything else follows: a run resumes after its last
/// committed page; an
/// incremental run starts from the cursor where the last complete one ended; records are written as they are, in the envelope,
/// or as the columns the pipeline declares.
///
/// What a page holds may change until it is committed ([Traits.Replay#PREFIX]). Pages of a stream are fetched one after the
/// other.
public abstract class PagedSource implements Source {
    private final SourceSettings settings;
    private final List<StreamInfo> streams;
    private final String fingerprint;

    /// @param fingerprint the options that decide which records there are, see [Source#fingerprint]
    protected PagedSource(SourceSettings settings, List<StreamInfo> streams, String fingerprint) {
        this.settings = settings;
        this.streams = List.copyOf(streams);
        this.fingerprint = fingerprint;
    }

    /// A stream without a schema of its own.
    ///
    /// @param keys the fields that identify a record
    /// @param cursor the field that tells what is new, if the stream can be read incrementally
    protected static StreamInfo stream(String name, List<String> keys, Optional<String> cursor) {
        Set<SyncMode> modes = EnumSet.of(SyncMode.FULL_REFRESH);
        cursor.ifPresent(field -> modes.add(SyncMode.INCREMENTAL));
        return new StreamInfo(
                new StreamId(name), Optional.empty(), keys, cursor.stream().toList(), modes, SyncMode.FULL_REFRESH);
    }

    /// Fetches one page. May be asked for the same page again. Should give up by itself when the service does not answer: a
    /// stop waits for it. An [IOException] is tried again within the run's time budget; a [WisentException] ends the
    /// run unless it is transient.
    /// Called by one thread at a time for a stream, and not always by the same one.
    protected abstract Page page(PageRequest request) throws IOException, InterruptedException;

    /// As [#page], with the failures the engine knows.
    final Page fetch(PageRequest request) {
        try {
            return page(request);
        } catch (IOException failed) {
            throw WisentException.transientFailure(
                            ErrorCode.SOURCE_CONNECTION, "a page can't be fetched: " + failed, failed)
                    .where("stream " + request.stream()
                            + request.token().map(t -> ", page " + t).orElse(", first page"));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw WisentException.transientFailure(ErrorCode.SOURCE_CONNECTION, "a fetch was interrupted", stopped);
        }
    }

    /// Fetches the first page.
    @Override
    public void check() {
        Page first = fetch(new PageRequest(settings.stream(), Optional.empty(), Optional.empty()));
        if (first instanceof Page.Expired(String why)) {
            throw WisentException.of(ErrorCode.SOURCE_FAILED, "there is no first page: " + why);
        }
    }

    @Override
    public List<StreamInfo> streams() {
        return streams;
    }

    @Override
    public Traits traits(StreamId stream) {
        return new Traits(Traits.Replay.PREFIX, Traits.Readers.SHARED, Traits.Publish.AT_END, Traits.Shape.RECORDS);
    }

    @Override
    public String fingerprint(StreamId stream) {
        return stream + " " + fingerprint;
    }

    @Override
    public Planner plan(ReadRequest request) {
        return new PagedPlanner(request);
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new PagedReader(this, context.stream());
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return new PagedDecoder(settings.maxRecordBytes(), split.label());
    }

    @Override
    public void close() {}

    /// One chain of pages.
    static Split split(String id, String label, String since) {
        return new Split(new SplitId(id), label, since, OptionalLong.empty());
    }
}
