package dev.wisent.connectors.mysql.load;

import dev.wisent.connectors.sql.staged.Sql;
import dev.wisent.connectors.sql.staged.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What commits left to be done, because the server's statements on tables are no part of a transaction: a hidden table that
/// takes the place of one that readers see, or that is dropped. The commit notes it in the transaction that makes it
/// valid; it is done right after, or by whoever commits next, and only then is the note removed. One RENAME swaps both
/// tables: readers see the one or the other. Tables that are published together are swapped together: rows and the elements of
/// their lists agree for whoever reads both.
///
/// Whoever does it holds the notes' rows. A RENAME that arrives late does nothing: its hidden table is gone, and no name of
/// a hidden table is used twice.
final class Swaps {
    static final String TABLE = "_wisent_swaps";

    private static final String OLD = "_old";

    private final String table;
    private final String pipeline;

    /// @param table as statements name it
    /// @param pipeline whose notes are taken
    Swaps(String table, String pipeline) {
        this.table = table;
        this.pipeline = pipeline;
    }

    private record Note(long id, TableName live, TableName hidden, boolean replaces) {
        TableName old() {
            return new TableName(hidden.schema(), hidden.table() + OLD);
        }
    }

    String create(String keyType) {
        return "CREATE TABLE IF NOT EXISTS " + table + " (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, pipeline "
                + keyType
                + " NOT NULL, db VARCHAR(64) NOT NULL, live VARCHAR(64) NOT NULL, hidden VARCHAR(64) NOT NULL,"
                + " replaces BOOLEAN NOT NULL) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    }

    /// Notes that `hidden` takes the place of `live`.
    void replace(Connection in, TableName live, TableName hidden) throws SQLException {
        note(in, live, hidden, 1);
    }

    /// Notes that a hidden table goes.
    void drop(Connection in, TableName hidden) throws SQLException {
        note(in, hidden, hidden, 0);
    }

    private void note(Connection in, TableName live, TableName hidden, int replaces) throws SQLException {
        try (PreparedStatement insert = in.prepareStatement(
                "INSERT INTO " + table + " (pipeline, db, live, hidden, replaces) VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, pipeline);
            insert.setString(2, live.schema());
            insert.setString(3, live.table());
            insert.setString(4, hidden.table());
            insert.setInt(5, replaces);
            insert.executeUpdate();
        }
    }

    /// Does what is noted. Both connections commit by themselves, before and after.
    ///
    /// @param shaping what tables are changed by
    void settle(Connection in, Connection shaping) throws SQLException {
        if (notes(in, "").isEmpty()) {
            return;
        }
        in.setAutoCommit(false);
        List<Note> all = notes(in, " FOR UPDATE");
        apply(new ServerTables(shaping), new Sql(shaping), all);
        for (Note note : all) {
            new Sql(in).run("DELETE FROM " + table + " WHERE id = " + note.id());
        }
        in.commit();
        in.setAutoCommit(true);
    }

    private static void apply(ServerTables tables, Sql sql, List<Note> notes) throws SQLException {
        List<String> renames = new ArrayList<>();
        Set<TableName> swapped = new HashSet<>();
        for (Note note : notes) {
            if (note.replaces() && tables.has(note.hidden())) {
                if (tables.has(note.live()) || swapped.contains(note.live())) {
                    renames.add(note.live().sql() + " TO " + note.old().sql());
                }
                renames.add(note.hidden().sql() + " TO " + note.live().sql());
                swapped.add(note.live());
            }
        }
        if (!renames.isEmpty()) {
            sql.run("RENAME TABLE " + String.join(", ", renames));
        }
        for (Note note : notes) {
            sql.run("DROP TABLE IF EXISTS " + (note.replaces() ? note.old() : note.hidden()).sql());
        }
    }

    private List<Note> notes(Connection in, String locking) throws SQLException {
        try (PreparedStatement select = in.prepareStatement(
                "SELECT id, db, live, hidden, replaces FROM " + table + " WHERE pipeline = ? ORDER BY id" + locking)) {
            select.setString(1, pipeline);
            try (ResultSet rows = select.executeQuery()) {
                List<Note> notes = new ArrayList<>();
                while (rows.next()) {
                    notes.add(new Note(
                            rows.getLong(1),
                            new TableName(rows.getString(2), rows.getString(3)),
                            new TableName(rows.getString(2), rows.getString(4)),
                            rows.getBoolean(5)));
                }
                return notes;
            }
        }
    }
}
