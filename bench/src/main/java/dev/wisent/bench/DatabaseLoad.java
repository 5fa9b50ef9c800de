package dev.wisent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Tables out of and into databases, against what each database's own tools need for it. Ours is the whole process, its start
/// included, with progress kept and everything flushed to disk. The server runs on the same cores. What was
/// loaded is compared by its number of rows and a sum over all values.
record DatabaseLoad(Path work) {
    private static final int ROUNDS = Integer.getInteger("bench.databases.rounds", 3);

    /// `out` of PostgreSQL into files and tables of a lake, or `in`to databases.
    private static final String SERIES = System.getProperty("bench.databases.series", "all");

    private interface Step {
        void run() throws IOException, InterruptedException, SQLException;
    }

    private interface Sum {
        String of() throws SQLException;
    }

    void run() throws IOException, InterruptedException, SQLException {
        System.out.println("\n## Databases (median of " + ROUNDS + ", whole process) against their own tools");
        try (DatabaseServer server = new DatabaseServer()) {
            System.out.println(
                    "what | Wisent s | rows/s | CPU s | peak RSS MB | longest transaction s | peer | peer s | ratio (peer s / Wisent s)");
            if (!SERIES.equals("in")) {
                for (DatabaseServer.Table table : List.of(DatabaseServer.NARROW, DatabaseServer.WIDE)) {
                    outOf(server, table);
                }
            }
            if (!SERIES.equals("out")) {
                intoPostgres(server);
                intoDuckDb(server);
                jsonIntoDuckDb(server);
            }
        }
        clean();
    }

    private void outOf(DatabaseServer server, DatabaseServer.Table table)
            throws IOException, InterruptedException, SQLException {
        String floor = "COPY binary to nowhere";
        String copy = server.psql() + " -c 'COPY " + table.name() + " TO STDOUT (FORMAT binary)' > /dev/null";
        String there = server.sum(table, table.name());
        Path folder = work.resolve("loaded");
        measure(
                server,
                "PostgreSQL, " + table.name() + " → Parquet files",
                table.rows(),
                pipeline(source(server, table), "name: file, config: {path: loaded/, format: parquet}"),
                this::clean,
                floor,
                () -> shell(copy));
        check(there, () -> DatabaseServer.duckdbSum(table, "read_parquet('" + folder + "/*.parquet')", List.of()));
        measure(
                server,
                "PostgreSQL, " + table.name() + " → Delta",
                table.rows(),
                pipeline(source(server, table), "name: delta, config: {path: loaded/}"),
                this::clean,
                floor,
                () -> shell(copy));
        check(there, () -> DatabaseServer.duckdbSum(table, "read_parquet('" + folder + "/*.parquet')", List.of()));
    }

    private void intoPostgres(DatabaseServer server) throws IOException, InterruptedException, SQLException {
        DatabaseServer.Table table = DatabaseServer.NARROW;
        measure(
                server,
                "PostgreSQL → PostgreSQL",
                table.rows(),
                pipeline(
                        source(server, table) + ", sync_mode: incremental, cursor_field: id",
                        "name: postgres, config: {" + server.keys() + ", destination_id: loaded}"),
                () -> {
                    clean();
                    server.run("DROP TABLE IF EXISTS loaded, _wisent_commits, _wisent_progress, _wisent_bases,"
                            + " _wisent_targets CASCADE");
                },
                "psql \\copy binary | psql \\copy binary",
                () -> {
                    server.run("DROP TABLE IF EXISTS copied");
                    server.run("CREATE TABLE copied (LIKE narrow)");
                    shell(server.psql() + " -c '\\copy narrow TO STDOUT (FORMAT binary)' | " + server.psql()
                            + " -c '\\copy copied FROM STDIN (FORMAT binary)'");
                });
        check(server.sum(table, "narrow"), () -> server.sum(table, "loaded"));
    }

    private void intoDuckDb(DatabaseServer server) throws IOException, InterruptedException, SQLException {
        DatabaseServer.Table table = DatabaseServer.NARROW;
        Path csv = work.resolve("copied.csv");
        measure(
                server,
                "PostgreSQL → DuckDB",
                table.rows(),
                pipeline(
                        source(server, table),
                        "name: duckdb, config: {database: loaded.duckdb, destination_id: loaded}"),
                this::clean,
                "COPY to CSV, read_csv",
                () -> {
                    shell(server.psql() + " -c 'COPY narrow TO STDOUT (FORMAT csv, HEADER)' > " + csv);
                    duckdb("CREATE TABLE copied AS SELECT * FROM read_csv('" + csv + "', columns={'id': 'BIGINT',"
                            + " 'customer_id': 'INTEGER', 'status': 'VARCHAR', 'amount': 'DECIMAL(12,2)',"
                            + " 'created_at': 'TIMESTAMPTZ'}, header=true)");
                    Files.delete(csv);
                });
        check(
                server.sum(table, "narrow"),
                () -> DatabaseServer.duckdbSum(
                        table,
                        "db.loaded",
                        List.of("ATTACH '" + work.resolve("loaded.duckdb") + "' AS db (READ_ONLY)")));
    }

    private void jsonIntoDuckDb(DatabaseServer server) throws IOException, InterruptedException, SQLException {
        long bytes = LakeData.prepare(work, LakeData.Kind.EVENTS);
        String input = work.resolve(LakeData.Kind.EVENTS.folder()) + "/*.ndjson.zst";
        String read = LakeData.readJson(input);
        DatabaseServer.Table events = new DatabaseServer.Table(
                "events",
                0,
                "",
                LakeData.COLUMNS.keySet().stream()
                        .filter(column -> !column.equals("device") && !column.equals("tags"))
                        .map(column -> '"' + column + '"')
                        .collect(Collectors.joining(", ")));
        String there = DatabaseServer.duckdbSum(events, read, List.of());
        measure(
                server,
                String.format(Locale.ROOT, "NDJSON (zstd, %.0f MB before compression) → DuckDB", bytes / 1e6),
                Long.parseLong(there.substring(0, there.indexOf(' '))),
                pipeline(
                        "name: files, stream: events, path: \"" + input + "\", format: ndjson, schema: {fields: "
                                + LakeData.fields() + "}",
                        "name: duckdb, config: {database: loaded.duckdb, destination_id: loaded}"),
                this::clean,
                "read_json into a table",
                () -> duckdb("CREATE TABLE copied AS SELECT * FROM " + read));
        check(
                there,
                () -> DatabaseServer.duckdbSum(
                        events,
                        "db.loaded",
                        List.of("ATTACH '" + work.resolve("loaded.duckdb") + "' AS db (READ_ONLY)")));
    }

    private static String source(DatabaseServer server, DatabaseServer.Table table) {
        return "name: postgres, stream: public." + table.name() + ", " + server.keys();
    }

    private static String pipeline(String source, String destination) {
        return "name: databases\nsource: {" + source + "}\ndestination: {" + destination + "}\n";
    }

    /// Each side in turn.
    private void measure(
            DatabaseServer server, String what, long rows, String yaml, Step before, String peer, Step theirs)
            throws IOException, InterruptedException, SQLException {
        Path pipeline = Files.writeString(work.resolve("databases.yml"), yaml);
        List<Child> ours = new ArrayList<>();
        double[] peers = new double[ROUNDS];
        double longest = 0;
        before.run();
        // Builds the families, if that is still to be done.
        Child.run(work, List.of(Launcher.path(), "check", pipeline.toString()));
        for (int i = 0; i < ROUNDS; i++) {
            before.run();
            try (DatabaseServer.Watch watch = server.watch()) {
                ours.add(Child.run(work, List.of(Launcher.path(), "run", pipeline.toString(), "--json")));
                longest = Math.max(longest, watch.longestSeconds());
            }
            Files.deleteIfExists(work.resolve("copied.duckdb"));
            long start = System.nanoTime();
            theirs.run();
            peers[i] = (System.nanoTime() - start) / 1e9;
        }
        double seconds =
                Machine.median(ours.stream().mapToDouble(Child::seconds).toArray());
        double peerSeconds = Machine.median(peers);
        System.out.printf(
                Locale.ROOT,
                "%s | %.2f | %,.0f | %.2f | %d | %.1f | %s | %.2f | %.2f%n",
                what,
                seconds,
                rows / seconds,
                Machine.median(ours.stream().mapToDouble(Child::cpuSeconds).toArray()),
                ours.stream().mapToLong(Child::peakMegabytes).max().orElse(0),
                longest,
                peer,
                peerSeconds,
                peerSeconds / seconds);
    }

    private static void check(String expected, Sum found) throws SQLException {
        String is = found.of();
        if (!is.equals(expected)) {
            throw new IllegalStateException("not what was there: " + is + " instead of " + expected);
        }
    }

    private void clean() throws IOException {
        Machine.delete(work.resolve("loaded"));
        Machine.delete(work.resolve(".wisent"));
        for (String file : List.of("loaded.duckdb", "loaded.duckdb.wal", "copied.duckdb", "copied.csv")) {
            Files.deleteIfExists(work.resolve(file));
        }
    }

    private void shell(String command) throws IOException, InterruptedException {
        Child.run(work, List.of("sh", "-c", command));
    }

    private void duckdb(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + work.resolve("copied.duckdb"));
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads=" + Runtime.getRuntime().availableProcessors());
            statement.execute("SET preserve_insertion_order=false");
            statement.execute(sql);
        }
    }
}
