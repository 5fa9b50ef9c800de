package dev.wisent.bench;

import dev.wisent.columnar.inflate.Isal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Compressed NDJSON into Parquet through a whole run, against DuckDB's COPY of the same files with declared columns. Each
/// side has a process of its own, in turn, started as the launcher starts Wisent. The first round of a process counts as
/// `first`, the median of the others as
/// `warm`. We validate everything, fsync, and commit; DuckDB does not fsync. What both wrote is compared.
record LakeLoad(Path work) {
    private static final int FORKS = Integer.getInteger("bench.lake.forks", 3);

    /// @param isal `WISENT_ISAL` of our side: `off` for gzip in Java
    private record Case(LakeData.Kind kind, String input, String codec, String isal) {
        Case(LakeData.Kind kind, String input, String codec) {
            this(kind, input, codec, "");
        }

        String named() {
            boolean faster = isal.isEmpty() && Isal.library().isPresent();
            String gzip = input.equals("gz") ? faster ? " by ISA-L" : " in Java" : "";
            return (kind == LakeData.Kind.EVENTS ? "" : kind.name().toLowerCase(Locale.ROOT) + ", ") + input + gzip
                    + " → " + codec;
        }
    }

    private record Figures(double first, double warm, double firstCpu, double warmCpu, long peak, long size) {}

    void run() throws IOException, InterruptedException, SQLException {
        System.out.println("\n## NDJSON to Parquet against DuckDB COPY, " + LakeSide.THREADS + " threads");
        System.out.printf(
                Locale.ROOT,
                "%d files, %.0f MB before compression, %d processes a line%n",
                LakeData.FILES,
                LakeData.prepare(work, LakeData.Kind.EVENTS) / 1e6,
                FORKS);
        System.out.println(
                "input → codec | who | MB/s first | MB/s warm | CPU s/GB first | CPU s/GB warm | peak RSS MB | output MB");
        for (Case one : List.of(
                new Case(LakeData.Kind.EVENTS, "zst", "zstd"),
                new Case(LakeData.Kind.EVENTS, "zst", "snappy"),
                new Case(LakeData.Kind.EVENTS, "gz", "zstd"),
                new Case(LakeData.Kind.EVENTS, "gz", "zstd", "off"),
                new Case(LakeData.Kind.EVENTS, "gz", "snappy"),
                new Case(LakeData.Kind.BIG, "zst", "zstd"),
                new Case(LakeData.Kind.MIXED, "zst", "zstd"),
                new Case(LakeData.Kind.WIDE, "zst", "zstd"))) {
            long bytes = LakeData.prepare(work, one.kind());
            List<Figures> ours = new ArrayList<>();
            List<Figures> theirs = new ArrayList<>();
            for (int i = 0; i < FORKS; i++) {
                ours.add(measure(one, "engine"));
                theirs.add(measure(one, "duckdb"));
            }
            compare(one);
            Figures we = median(ours);
            Figures they = median(theirs);
            print(one, "Wisent", we, bytes);
            print(one, "DuckDB", they, bytes);
            System.out.printf(
                    Locale.ROOT,
                    "%s | ratio | %.2f | %.2f | %.2f | %.2f | | %.3f%n",
                    one.named(),
                    they.first() / we.first(),
                    they.warm() / we.warm(),
                    they.firstCpu() / we.firstCpu(),
                    they.warmCpu() / we.warmCpu(),
                    (double) we.size() / they.size());
        }
        Machine.delete(work.resolve("lake-engine"));
        Machine.delete(work.resolve("lake-duckdb"));
        launched("zst", "{name: file, config: {path: lake-launched/, format: parquet}}");
        launched("gz", "{name: file, config: {path: lake-launched/, format: parquet}}");
        launched("zst", "{name: delta, config: {path: lake-launched/}}");
    }

    /// What a user gets: `wisent run` of all files, a fresh process with the launcher's flags and AOT cache, its start
    /// included.
    private void launched(String input, String destination) throws IOException, InterruptedException {
        long bytes = LakeData.prepare(work, LakeData.Kind.EVENTS);
        Path pipeline = work.resolve("lake.yml");
        Files.writeString(pipeline, """
                name: lake
                source:
                  name: files
                  stream: events
                  path: "%s/*.ndjson.%s"
                  format: ndjson
                  schema: {fields: %s}
                destination: %s
                """.formatted(
                        work.resolve(LakeData.Kind.EVENTS.folder()), input, LakeData.fields(), destination));
        List<Child> children = new ArrayList<>();
        Child.run(
                work,
                List.of(Launcher.path(), "check", pipeline.toString())); // builds the family, if it is not built yet
        for (int i = 0; i < FORKS; i++) {
            Machine.delete(work.resolve("lake-launched"));
            Machine.delete(work.resolve(".wisent"));
            children.add(Child.run(work, List.of(Launcher.path(), "run", pipeline.toString(), "--json")));
        }
        Machine.delete(work.resolve("lake-launched"));
        System.out.printf(
                Locale.ROOT,
                "%s → %s | wisent run, start included | %.0f | | %.2f | | %d |%n",
                input,
                destination.substring("{name: ".length(), destination.indexOf(',')),
                bytes
                        / 1e6
                        / Machine.median(
                                children.stream().mapToDouble(Child::seconds).toArray()),
                Machine.median(children.stream().mapToDouble(Child::cpuSeconds).toArray()) * 1e9 / bytes,
                children.stream().mapToLong(Child::peakMegabytes).max().orElse(0));
    }

    private static void print(Case one, String who, Figures figures, long bytes) {
        System.out.printf(
                Locale.ROOT,
                "%s | %s | %.0f | %.0f | %.2f | %.2f | %d | %.1f%n",
                one.named(),
                who,
                bytes / figures.first() / 1e6,
                bytes / figures.warm() / 1e6,
                figures.firstCpu() * 1e9 / bytes,
                figures.warmCpu() * 1e9 / bytes,
                figures.peak(),
                figures.size() / 1e6);
    }

    private Figures measure(Case one, String who) throws IOException, InterruptedException {
        String side = who + "-" + one.kind() + "-" + one.input() + "-" + one.codec();
        // ours as the launcher starts it; DuckDB allocates as it likes
        List<String> command = new ArrayList<>(List.of("env", "WISENT_ISAL=" + one.isal()));
        if (who.equals("engine")) {
            command.add("MALLOC_ARENA_MAX=2");
        }
        command.addAll(Launcher.java());
        command.addAll(List.of(
                "-Xmx512m",
                "-Dbench.work=" + work,
                "-Dbench.lake.rounds=" + LakeSide.ROUNDS,
                "-Dbench.lake.files=" + LakeData.FILES,
                Bench.class.getName(),
                "lake-side-" + side));
        Child child = Child.run(work, command);
        List<double[]> rounds = child.output()
                .lines()
                .filter(line -> line.matches("[0-9.]+ [0-9.]+"))
                .map(line -> Stream.of(line.split(" ", 2))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toList();
        List<double[]> warm = rounds.subList(1, rounds.size());
        return new Figures(
                rounds.getFirst()[0],
                Machine.median(warm.stream().mapToDouble(r -> r[0]).toArray()),
                rounds.getFirst()[1],
                Machine.median(warm.stream().mapToDouble(r -> r[1]).toArray()),
                child.peakMegabytes(),
                size(LakeSide.of(work, side).output()));
    }

    private static Figures median(List<Figures> all) {
        return new Figures(
                Machine.median(all.stream().mapToDouble(Figures::first).toArray()),
                Machine.median(all.stream().mapToDouble(Figures::warm).toArray()),
                Machine.median(all.stream().mapToDouble(Figures::firstCpu).toArray()),
                Machine.median(all.stream().mapToDouble(Figures::warmCpu).toArray()),
                all.stream().mapToLong(Figures::peak).max().orElse(0),
                all.getLast().size());
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /// Both sides wrote the same rows: counted and hashed, in any order.
    private void compare(Case one) throws SQLException {
        String ours = hash(work.resolve("lake-engine"));
        String theirs = hash(work.resolve("lake-duckdb"));
        if (!ours.equals(theirs)) {
            throw new IllegalStateException(one + ": we wrote " + ours + ", DuckDB " + theirs);
        }
    }

    private static String hash(Path folder) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*), sum(hash(t)::HUGEINT)::VARCHAR"
                        + " FROM read_parquet('" + folder + "/*.parquet') t")) {
            result.next();
            return result.getLong(1) + " rows, " + result.getString(2);
        }
    }
}
