package dev.wisent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/// Generated rows into NDJSON files, fsynced: the whole process, JVM start included. The peer is DuckDB's COPY of as many
/// generated rows of the same
/// columns and size into NDJSON, in this process, without fsync; it starts warm.
record GeneratorToFile(Path work) {
    private static final int ROUNDS = 5;

    private record Shape(long rows, int bytes) {}

    void run() throws IOException, InterruptedException, SQLException {
        System.out.println(
                "\n## generator → file (median of " + ROUNDS + ", whole process) against DuckDB COPY … TO NDJSON");
        System.out.println(
                "rows × bytes | Wisent s | rows/s | MB/s | peak RSS MB | DuckDB s | ratio (DuckDB s / Wisent s)");
        for (Shape shape : List.of(new Shape(1_000_000, 200), new Shape(10_000_000, 200), new Shape(400_000, 5_000))) {
            measure(shape);
        }
    }

    private void measure(Shape shape) throws IOException, InterruptedException, SQLException {
        Path pipeline = work.resolve("generator.yml");
        Files.writeString(pipeline, """
                name: generator-to-file
                source: {name: generator, stream: orders, rows: %d, record_bytes: %d, page_size: 1000, seed: 1}
                destination: {name: file, config: {path: generated/, format: ndjson}}
                """.formatted(shape.rows(), shape.bytes()));
        double[] ours = new double[ROUNDS];
        double[] peers = new double[ROUNDS];
        long peak = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Machine.delete(work.resolve("generated"));
            Machine.delete(work.resolve(".wisent"));
            Child child = Child.run(work, List.of(Launcher.path(), "run", pipeline.toString(), "--json"));
            ours[i] = child.seconds();
            peak = Math.max(peak, child.peakMegabytes());
            peers[i] = duckdb(shape);
        }
        Machine.delete(work.resolve("generated"));
        double seconds = Machine.median(ours);
        double peer = Machine.median(peers);
        System.out.printf(
                Locale.ROOT,
                "%,d × %,d | %.2f | %,.0f | %,.0f | %d | %.2f | %.2f%n",
                shape.rows(),
                shape.bytes(),
                seconds,
                shape.rows() / seconds,
                shape.rows() * (double) shape.bytes() / seconds / 1e6,
                peak,
                peer,
                peer / seconds);
    }

    private double duckdb(Shape shape) throws SQLException, IOException {
        Path out = work.resolve("duckdb.ndjson");
        int note = Math.max(1, shape.bytes() - 120);
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads=" + Runtime.getRuntime().availableProcessors());
            statement.execute("SET preserve_insertion_order=false");
            statement.execute("COPY (SELECT i AS id, (hash(i) %% 100000)::BIGINT AS customer_id, 'packed' AS status, "
                            .replace("%%", "%")
                    + "((hash(i + 1) % 1000000) / 100)::DECIMAL(12,2) AS amount, "
                    + "TIMESTAMP '2025-01-01' + to_seconds(i) AS created_at, "
                    + "repeat('x', " + note + ") AS note FROM range(" + shape.rows() + ") t(i)) TO '" + out
                    + "' (FORMAT json)");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.delete(out);
        return seconds;
    }
}
