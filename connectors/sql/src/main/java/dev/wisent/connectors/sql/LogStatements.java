package dev.wisent.connectors.sql;

import java.util.List;

/// The statements over the tables in which progress is kept. Each begins with the pipeline's id and the stream's name
/// as its first two parameters, but for [#advanceHeader].
final class LogStatements {
    private static final String KEY = " WHERE pipeline = ? AND stream = ?";

    private final SqlDialect dialect;
    private final String progress;
    private final String commits;
    private final String bases;
    private final String targets;

    LogStatements(SqlDialect dialect) {
        this.dialect = dialect;
        progress = dialect.table("_wisent_progress");
        commits = dialect.table("_wisent_commits");
        bases = dialect.table("_wisent_bases");
        targets = dialect.table("_wisent_targets");
    }

    List<String> create() {
        String key = "pipeline " + dialect.keyType() + " NOT NULL, stream " + dialect.keyType() + " NOT NULL, ";
        String text = dialect.textType() + " NOT NULL, ";
        return List.of(
                make(progress, key + "seq BIGINT NOT NULL, base BIGINT NOT NULL, PRIMARY KEY (pipeline, stream)"),
                make(commits, key + "seq BIGINT NOT NULL, entry " + text + "PRIMARY KEY (pipeline, stream, seq)"),
                make(
                        bases,
                        key + "base BIGINT NOT NULL, line BIGINT NOT NULL, entry " + text
                                + "PRIMARY KEY (pipeline, stream, base, line)"),
                make(
                        targets,
                        key + "target " + dialect.keyType() + " NOT NULL, identity " + text
                                + "PRIMARY KEY (pipeline, stream, target)"));
    }

    private static String make(String table, String columns) {
        return "CREATE TABLE IF NOT EXISTS " + table + " (" + columns + ")";
    }

    String commitsTable() {
        return commits;
    }

    String progressTable() {
        return progress;
    }

    String makeHeader() {
        return dialect.insertIfAbsent(progress, "pipeline, stream, seq, base", "?, ?, 0, 0");
    }

    String readHeader() {
        return "SELECT seq, base FROM " + progress + KEY;
    }

    String lockHeader() {
        return readHeader() + " " + dialect.forUpdate();
    }

    String advanceHeader() {
        return "UPDATE " + progress + " SET seq = ?, base = ?" + KEY;
    }

    String readCommits() {
        return "SELECT seq, entry FROM " + commits + KEY + " AND seq > ? AND seq <= ? ORDER BY seq";
    }

    String insertCommit() {
        return "INSERT INTO " + commits + " (pipeline, stream, seq, entry) VALUES (?, ?, ?, ?)";
    }

    String deleteCommits() {
        return "DELETE FROM " + commits + KEY + " AND seq <= ?";
    }

    String readBase() {
        return "SELECT entry FROM " + bases + KEY + " AND base = ? ORDER BY line";
    }

    String insertBase() {
        return "INSERT INTO " + bases + " (pipeline, stream, base, line, entry) VALUES (?, ?, ?, ?, ?)";
    }

    String deleteBase() {
        return "DELETE FROM " + bases + KEY + " AND base < ?";
    }

    String readTargets() {
        return "SELECT target, identity FROM " + targets + KEY;
    }

    String deleteTarget() {
        return "DELETE FROM " + targets + KEY + " AND target = ?";
    }

    String insertTarget() {
        return "INSERT INTO " + targets + " (pipeline, stream, target, identity) VALUES (?, ?, ?, ?)";
    }
}
