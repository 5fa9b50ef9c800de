package dev.wisent.engine.state;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.sql.SQLException;
import java.util.List;

/// How the tables of a state store came to be: `user_version` counts the steps a file has seen (R11). A step that was
/// ever released is never
/// changed; a new one is added behind it.
final class Migrations {
    private static final List<String> FIRST = List.of(
            "CREATE TABLE jobs (id INTEGER PRIMARY KEY, pipeline_id TEXT NOT NULL, stream TEXT NOT"
                    + " NULL, UNIQUE (pipeline_id, stream)) STRICT",
            """
            CREATE TABLE leases (
                job INTEGER PRIMARY KEY REFERENCES jobs (id),
                run TEXT NOT NULL,
                host TEXT NOT NULL,
                pid INTEGER NOT NULL,
                process_start INTEGER NOT NULL, -- all times: ms since 1970
                since INTEGER NOT NULL,
                expires INTEGER NOT NULL) STRICT\
            """,
            """
            CREATE TABLE runs (
                run TEXT PRIMARY KEY,
                pipeline_id TEXT NOT NULL,
                pipeline TEXT NOT NULL,
                status TEXT NOT NULL,
                started INTEGER NOT NULL,
                ended INTEGER,
                error_code TEXT,
                error_message TEXT,
                summary TEXT NOT NULL) STRICT\
            """,
            "CREATE INDEX runs_by_start ON runs (started DESC)",
            "CREATE INDEX runs_of_pipeline ON runs (pipeline_id, started DESC)",
            "CREATE TABLE progress (job INTEGER PRIMARY KEY REFERENCES jobs (id), json TEXT NOT NULL,"
                    + " saved INTEGER NOT NULL) STRICT");

    private static final List<String> RESETS = List.of("""
            CREATE TABLE resets (
                job INTEGER PRIMARY KEY REFERENCES jobs (id),
                id TEXT NOT NULL,
                asked INTEGER NOT NULL,
                run TEXT, -- the run that began it, and the number of its claim
                claim INTEGER,
                status TEXT NOT NULL) STRICT\
            """);

    static final Migrations ALL = new Migrations(List.of(FIRST, RESETS));

    private final List<List<String>> steps;

    Migrations(List<List<String>> steps) {
        this.steps = steps;
    }

    /// Brings a store up to date, all steps in one transaction, or refuses one that is newer than this program.
    void apply(Database database) throws SQLException {
        if (version(database) == steps.size()) {
            return;
        }
        database.write(() -> {
            int version = version(database); // again: another process may have been here first
            if (version > steps.size()) {
                throw WisentException.of(
                                ErrorCode.STATE_NEWER,
                                "the state was written by a newer version of Wisent (format " + version
                                        + ", this one knows " + steps.size() + ")")
                        .where(database.name())
                        .hint("run the newer version, or name another file in engine.backend.config.database");
            }
            for (List<String> step : steps.subList(version, steps.size())) {
                for (String statement : step) {
                    database.run(statement);
                }
            }
            database.run("PRAGMA user_version = " + steps.size());
            return true;
        });
    }

    private static int version(Database database) throws SQLException {
        return database.query("PRAGMA user_version", row -> row.getInt(1)).getFirst();
    }
}
