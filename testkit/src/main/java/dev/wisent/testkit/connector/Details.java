package dev.wisent.testkit.connector;

import dev.wisent.api.Counts;
import dev.wisent.api.Position;
import dev.wisent.api.RejectFile;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Change;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Fragment;
import java.util.List;
import java.util.Optional;

/// Commits that carry what most don't.
final class Details {
    private static final SplitId DONE = new SplitId("a split with \"quotes\" / ünïcode");

    private Details() {}

    static Commit.Data schemaAndRejects(WritingRun run, List<Fragment> fragments) {
        Change change = new Change(
                Optional.of(WrittenRows.SCHEMA),
                List.of(),
                new Counts(5, 1, 1, 2, 2, 1, 3, 100, 50),
                List.of(new RejectFile("rejects/a.ndjson", 2)));
        Advance advance = new Advance(DONE, Position.START, new Position(9, "{\"page\":\"ü\"}"), true);
        return with(run.data(run.live(), advance, fragments), change);
    }

    /// A commit after which [#schemaAndRejects]'s split is known no more.
    static Commit.Data forgets(WritingRun run) {
        Advance advance = new Advance(new SplitId("next"), Position.START, Position.at(1), false);
        return with(
                run.data(run.live(), advance, List.of()),
                new Change(Optional.empty(), List.of(DONE), Counts.NONE, List.of()));
    }

    private static Commit.Data with(Commit.Data data, Change change) {
        return new Commit.Data(data.head(), data.generation(), data.mode(), data.advances(), data.fragments(), change);
    }
}
