package dev.wisent.connectors.sql;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The progress of a pipeline's streams in tables of the destination itself, and the step that decides a commit there:
/// rows and positions get in by the same COMMIT (R1). One row a stream is locked within the step, so commits of one
/// stream, of whatever lane or process, come one after the other and [Progress#decide] sees the truth.
///
/// | table | holds |
/// |---|---|
/// | `_wisent_progress` | of each stream the number of its last commit, and of the last one its base holds |
/// | `_wisent_commits` | the commits after the base, as JSON |
/// | `_wisent_bases` | the progress at that number, as lines of JSON |
/// | `_wisent_targets` | which table a target is, so that one made anew behind Wisent's back is noticed |
///
/// For several threads, each with a connection of its own.
public final class CommitTables {
    private final SqlDialect dialect;
    private final LogStatements sql;
    private final String pipeline;
    private final Map<StreamId, StreamLog> logs = new ConcurrentHashMap<>();

    /// @param pipeline the pipeline's id, what progress is stored under
    public CommitTables(SqlDialect dialect, String pipeline) {
        this.dialect = dialect;
        this.sql = new LogStatements(dialect);
        this.pipeline = pipeline;
    }

    /// What a destination adds to a commit within its transaction: rows from where they were staged, tables made,
    /// changed, swapped.
    @FunctionalInterface
    public interface Work {
        /// @param before the progress the commit was decided on
        void apply(Connection in, Commit commit, ProgressView before) throws SQLException;
    }

    /// Makes the tables where they are not there; the caller commits. Statements: [#statements].
    public void create(Connection in) throws SQLException {
        try (Statement statement = in.createStatement()) {
            for (String create : statements()) {
                statement.execute(create);
            }
        }
    }

    /// The statements of [#create].
    public List<String> statements() {
        return sql.create();
    }

    /// A plain read: what was committed when it was asked. The tables must be there.
    public ProgressView read(Connection in, StreamId stream) throws SQLException {
        StreamLog log = log(stream);
        StreamLog.Header header = log.look(in);
        synchronized (log) {
            return log.catchUp(in, header).view();
        }
    }

    /// Decides `commit` and brings it in, by the transaction that is open in `in` (its isolation: each statement sees
    /// what is committed), which ends here in any case. With session fragments it is the transaction their rows are in.
    ///
    /// A failure before COMMIT rolls back and is thrown ([SqlDialect#failure]); one of COMMIT itself that leaves open
    /// what happened is [CommitOutcome.Unknown]. Before a commit is repeated, the session of the first attempt must have
    /// been ended (R4).
    ///
    /// @param sessionGone whether the session a fragment lived in has ended
    public CommitOutcome commit(Connection in, Commit commit, Predicate<Fragment> sessionGone, Work work) {
        StreamLog log = log(commit.head().stream());
        String what = "commit " + commit.head().n() + " of stream " + commit.head().stream();
        try {
            StreamLog.Header header = log.lock(in);
            ProgressView before;
            synchronized (log) {
                Progress progress = log.catchUp(in, header);
                before = progress.view();
                switch (progress.decide(commit, sessionGone)) {
                    case Decision.Already already -> {
                        in.rollback();
                        return new CommitOutcome.Committed(commit.head().n());
                    }
                    case Decision.Refuse(String why) -> {
                        in.rollback();
                        return new CommitOutcome.Stale(
                                before, progress.claimant(commit.head().lane()), why);
                    }
                    case Decision.Accept accept -> {}
                }
            }
            work.apply(in, commit, before);
            log.store(in, header, commit);
            CommitOutcome outcome = end(in, commit, what);
            if (outcome instanceof CommitOutcome.Committed) {
                log.stored(header, commit);
            }
            return outcome;
        } catch (SQLException | RuntimeException failure) {
            rollBack(in, failure);
            throw failure instanceof SQLException known ? dialect.failure(known, what) : (RuntimeException) failure;
        }
    }

    private CommitOutcome end(Connection in, Commit commit, String what) throws SQLException {
        try {
            in.commit();
            return new CommitOutcome.Committed(commit.head().n());
        } catch (SQLException failure) {
            if (dialect.leavesOpen(failure)) {
                return new CommitOutcome.Unknown(commit.head().n(), dialect.failure(failure, what));
            }
            throw failure;
        }
    }

    private static void rollBack(Connection in, Exception failure) {
        try {
            in.rollback();
        } catch (SQLException broken) {
            failure.addSuppressed(broken);
        }
    }

    /// Which tables the stream's targets were when they were last written, as [#remember] was told.
    public Map<TargetId, String> identities(Connection in, StreamId stream) throws SQLException {
        try (PreparedStatement select = in.prepareStatement(sql.readTargets())) {
            select.setString(1, pipeline);
            select.setString(2, stream.name());
            try (ResultSet rows = select.executeQuery()) {
                Map<TargetId, String> identities = new TreeMap<>(Comparator.comparing(TargetId::name));
                while (rows.next()) {
                    identities.put(new TargetId(rows.getString(1)), rows.getString(2));
                }
                return identities;
            }
        }
    }

    /// Notes, in the caller's transaction, which table `target` is.
    public void remember(Connection in, StreamId stream, TargetId target, String identity) throws SQLException {
        try (PreparedStatement delete = in.prepareStatement(sql.deleteTarget());
                PreparedStatement insert = in.prepareStatement(sql.insertTarget())) {
            for (PreparedStatement each : List.of(delete, insert)) {
                each.setString(1, pipeline);
                each.setString(2, stream.name());
                each.setString(3, target.name());
            }
            insert.setString(4, identity);
            delete.executeUpdate();
            insert.executeUpdate();
        }
    }

    private StreamLog log(StreamId stream) {
        return logs.computeIfAbsent(stream, s -> new StreamLog(sql, pipeline, s.name()));
    }
}
