package dev.wisent.api.source;

import dev.wisent.api.Reject;
import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Commit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Where records come from. Made by a [SourceFactory] without I/O; `check`, `streams` and `plan` may connect. All
/// methods but `close` may be
/// called from several threads; what they return is confined to one thread each.
public interface Source extends AutoCloseable {
    /// Proves that the source can be read: connection, rights, paths. Throws a [dev.wisent.api.error.WisentException]
    /// that says what is missing.
    void check();

    /// The streams there are, in a stable order.
    List<StreamInfo> streams();

    Traits traits(StreamId stream);

    /// How many splits of `stream` are read at once, over all workers, each by a reader of its own. What is read ahead
    /// stays in the engine's fetch share whatever this says, and no more splits are decoded at the same time. Empty: as
    /// many as the engine likes, which is enough where nothing has to be waited for.
    default OptionalInt openSplits(StreamId stream) {
        return OptionalInt.empty();
    }

    /// Why an incremental run of `stream` may lose rows that are committed late, where up to which cursor rows are final can't
    /// be known, and nobody said how late they come. May connect, reads no rows. Empty: none are lost, or it was said.
    default Optional<String> unknownFrontier(StreamId stream) {
        return Optional.empty();
    }

    /// The options that decide which records a stream has, as one text. An unfinished full refresh goes on only under
    /// an equal fingerprint.
    /// Switches that only provoke faults or delays stay out.
    String fingerprint(StreamId stream);

    /// A planner that depends on nothing but the request and the source's content.
    Planner plan(ReadRequest request);

    /// A reader for splits of `context.stream()`; used by one thread.
    SplitReader reader(ReaderContext context);

    /// A decoder for the chunks of `split` after `context.after()`; used by one thread. A byte format that can't be
    /// entered there skips by itself.
    Decoder decoder(Split split, DecodeContext context);

    /// A decoder for records of `stream` that were kept as rejects when [#decoder] refused them: each chunk carries one
    /// [Reject] (`Payload.Client`), complete, on its own. Empty: they are decoded as JSON objects.
    default Optional<Decoder> rejectDecoder(StreamId stream, DecodeContext context) {
        return Optional.empty();
    }

    /// Told of each commit of a run once it is in, with a queue once that has taken it. Any thread, one at a time.
    default void committed(Commit commit) {}

    /// How far the parts of `stream` that were planned are behind, as far as that is known without asking anybody. Any thread,
    /// at once, until this is closed. Empty: the source counts nothing that could be behind.
    default List<Lag> lag(StreamId stream) {
        return List.of();
    }

    /// What a committed `commit` amounts to in the source's words: as `files_processed`, how many files it finished. A name
    /// that is counted is in each answer, with 0 where there is none of it. Any thread.
    default Statistics statistics(Commit commit) {
        return Statistics.NONE;
    }

    @Override
    void close();
}
