package dev.wisent.connectors.sql;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitJson;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The commits of one stream as the database holds them, and the progress they make, kept so that a look costs only
/// what is new. Commits are numbered through all lanes (`seq`, dense); every so many of them a base replaces those
/// before it. For several threads; none waits here for a database's lock.
final class StreamLog {
    /// So many commits are replayed at most when nothing is known yet.
    static final int COMMITS_A_BASE = 500;

    private static final int BASE_ROW_CHARS = 64 << 10;

    private static final Header NOTHING = new Header(0, 0);

    private final LogStatements sql;
    private final String pipeline;
    private final String stream;
    private Progress progress = new Progress();
    private long known;

    StreamLog(LogStatements sql, String pipeline, String stream) {
        this.sql = sql;
        this.pipeline = pipeline;
        this.stream = stream;
    }

    /// What the database's row says: the last commit's number, and the number the base goes up to.
    record Header(long seq, long base) {}

    /// Locks the stream's row until the transaction ends, making it first if need be.
    Header lock(Connection in) throws SQLException {
        Optional<Header> there = header(in, sql.lockHeader());
        if (there.isPresent()) {
            return there.get();
        }
        try (PreparedStatement insert = keyed(in, sql.makeHeader())) {
            insert.executeUpdate();
        }
        return header(in, sql.lockHeader())
                .orElseThrow(() -> new SQLException(
                        "the row of stream " + stream + " in " + sql.progressTable() + " is gone while it is made"));
    }

    Header look(Connection in) throws SQLException {
        return header(in, sql.readHeader()).orElse(NOTHING);
    }

    private Optional<Header> header(Connection in, String statement) throws SQLException {
        try (PreparedStatement select = keyed(in, statement);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(new Header(row.getLong(1), row.getLong(2))) : Optional.empty();
        }
    }

    /// Takes over what was committed since the last look. What it reads is final, so no lock is needed; a base made
    /// meanwhile may take commits away under it: then it looks again.
    synchronized Progress catchUp(Connection in, Header at) throws SQLException {
        Header header = at;
        while (true) {
            if (header.seq() < known) {
                // Another thread was quicker, or the database was brought back from a copy: only a look now tells.
                header = look(in);
            }
            if (header.seq() < known) {
                // The rules judge what is there now.
                forget();
            }
            if (header.base() > known) {
                readBase(in, header.base());
            }
            readCommits(in, header.seq());
            if (known >= header.seq()) {
                return progress;
            }
            header = look(in);
            if (header.base() <= known) {
                throw new SQLException("commits after " + known + " of " + header.seq() + " are missing in "
                        + sql.commitsTable() + " for stream " + stream + " of pipeline " + pipeline);
            }
        }
    }

    private void readBase(Connection in, long base) throws SQLException {
        ProgressJson.Reader reader = new ProgressJson.Reader();
        try (PreparedStatement select = keyed(in, sql.readBase())) {
            select.setLong(3, base);
            select.setFetchSize(64);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    rows.getString(1).lines().forEach(reader::accept);
                }
            }
        }
        progress = reader.finish();
        known = base;
    }

    private void readCommits(Connection in, long upTo) throws SQLException {
        try (PreparedStatement select = keyed(in, sql.readCommits())) {
            select.setLong(3, known);
            select.setLong(4, upTo);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next() && rows.getLong(1) == known + 1) {
                    progress.apply(CommitJson.parse(rows.getString(2)));
                    known++;
                }
            }
        }
    }

    /// Writes `commit` as number `header.seq() + 1` in the open transaction that holds the lock.
    synchronized void store(Connection in, Header header, Commit commit) throws SQLException {
        if (header.seq() - header.base() >= COMMITS_A_BASE) {
            // Whoever reads in an older transaction may have taken the progress back since it was decided on.
            catchUp(in, header);
            writeBase(in, header);
        }
        try (PreparedStatement insert = keyed(in, sql.insertCommit())) {
            insert.setLong(3, header.seq() + 1);
            insert.setString(4, CommitJson.text(withoutFragments(commit)));
            insert.executeUpdate();
        }
        try (PreparedStatement update = in.prepareStatement(sql.advanceHeader())) {
            update.setLong(1, header.seq() + 1);
            update.setLong(2, header.seq() - header.base() >= COMMITS_A_BASE ? header.seq() : header.base());
            update.setString(3, pipeline);
            update.setString(4, stream);
            update.executeUpdate();
        }
    }

    /// The rows are in the tables; what carried them there is of no use any more.
    private static Commit withoutFragments(Commit commit) {
        return commit instanceof Commit.Data data
                ? new Commit.Data(
                        data.head(), data.generation(), data.mode(), data.advances(), List.of(), data.change())
                : commit;
    }

    private void writeBase(Connection in, Header header) throws SQLException {
        for (String statement : List.of(sql.deleteBase(), sql.deleteCommits())) {
            try (PreparedStatement delete = keyed(in, statement)) {
                delete.setLong(3, header.seq());
                delete.executeUpdate();
            }
        }
        try (PreparedStatement insert = keyed(in, sql.insertBase())) {
            BaseRows rows = new BaseRows(insert, header.seq(), BASE_ROW_CHARS);
            ProgressJson.lines(progress, rows::line);
            rows.finish();
        }
    }

    /// The commit that [#store] wrote is in.
    synchronized void stored(Header header, Commit commit) {
        if (known == header.seq()) {
            progress.apply(commit);
            known++;
        }
    }

    private void forget() {
        progress = new Progress();
        known = 0;
    }

    private PreparedStatement keyed(Connection in, String statement) throws SQLException {
        PreparedStatement prepared = in.prepareStatement(statement);
        prepared.setString(1, pipeline);
        prepared.setString(2, stream);
        return prepared;
    }
}
