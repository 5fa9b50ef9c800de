package dev.wisent.api.destination;

import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.format.FileFormats;
import dev.wisent.api.lake.LakeTable;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where records go. Made by a [DestinationFactory] without I/O. Methods may be called from several threads;
/// commits of one lane never overlap
/// within a run, but another run's may come at any time.
public interface Destination extends AutoCloseable {
    /// Proves that the destination can be written, and that its store really refuses what it must refuse.
    void check();

    /// Why it can't hold the rows of all `targets` of one stream, for people; empty: it can. No I/O: asked while a
    /// configuration is read.
    default Optional<String> cannotHold(Set<TargetId> targets) {
        return Optional.empty();
    }

    Capabilities capabilities();

    /// A plain read: may be behind, never decides anything. The engine reads again until it shows what this run
    /// wrote.
    ProgressView progress(StreamId stream);

    /// A writer for one worker and lane, under the claim in `request`.
    LaneWriter open(WriteRequest request);

    /// Decides and stores in one atomic step by the rules of [dev.wisent.api.commit.Progress]; Committed only after
    /// the commit is rolled forward
    /// in full. Repeating an identical commit is always allowed.
    CommitOutcome commit(Commit commit);

    /// Removes parts whose name carries a claim older than `held` and that no commit names (R4).
    void sweep(Commit.Claim held);

    /// Where the stream's rows end up, for people: a path, a table.
    String location(StreamId stream);

    /// The table of a lake this stream's rows go to; empty: it is another kind of place.
    default Optional<LakeTable> lakeTable(StreamId stream) {
        return Optional.empty();
    }

    /// The statements that make or change tables until rows of `columns` fit into `target`, as a run would execute them now;
    /// none: nothing would change. Only looks; refuses what a run would refuse. Empty: there are no tables that statements
    /// make.
    ///
    /// @param mergedBy what rows are merged by; empty: they are not
    /// @param hidden the kind of generation the rows would go to first; empty: each commit is visible
    default Optional<List<String>> ddl(
            StreamId stream, TargetId target, Schema columns, List<String> mergedBy, Optional<Generation.Kind> hidden) {
        return Optional.empty();
    }

    /// How rows are read back, to compare them; empty: this destination can't.
    ///
    /// @param formats finds formats of files that families bring
    default Optional<ReadBack> readBack(FileFormats formats) {
        return Optional.empty();
    }

    /// What `commit`, which was answered with [CommitOutcome.Committed], amounts to in the destination's words: as
    /// `parquet_files_written`. A name that is counted is in each answer, with 0 where there is none of it. Any thread.
    default Statistics statistics(Commit commit) {
        return Statistics.NONE;
    }

    /// What people should know of a run that works all the same, for its summary; each once. Asked when the run ends. Any
    /// thread.
    default List<String> warnings(StreamId stream) {
        return List.of();
    }

    @Override
    void close();

    /// Who is called when a commit of this run was refused: for messages only.
    static String describe(Claimant by) {
        return "run " + by.run() + " on " + by.host() + " (process " + by.pid() + ") since " + by.at();
    }
}
