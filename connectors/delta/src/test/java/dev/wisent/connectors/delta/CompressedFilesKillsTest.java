package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.storages3.S3Server;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Compressed NDJSON on its way into a table, the run killed in a JVM of its own and run again, with data files that are closed
/// in the middle. What is there then is held against DuckDB, which reads the JSON itself. A test's name holds its seed.
@Execution(ExecutionMode.CONCURRENT)
class CompressedFilesKillsTest {
    private static final int EVERYDAY = 3;
    private static final int SWEEP = 50;
    private static final int FILES = 8;
    private static final int ROWS = 250;
    /// One line of so many is no JSON.
    private static final int BROKEN_OF = 50;
    /// A file that lacks its tail, which others may, too. It ends within its last gzip member.
    private static final int CUT = 3;
    private static final int LONGEST_TAIL = 1_000;
    /// Boundaries between the first ones of two seeds.
    private static final int FAR = 4;

    private static final String[] COLUMNS = {"id", "name", "at", "amount", "tags"};

    @TempDir
    Path folder;

    /// @param plain what DuckDB reads: without what is broken
    /// @param broken lines that are no JSON, in files that are whole, and files whose tail is cut off
    private record Input(Map<String, byte[]> packed, Path plain, int broken) {}

    private Input input(long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, byte[]> packed = new TreeMap<>();
        Path plain = Files.createDirectories(folder.resolve("plain-" + seed));
        int broken = 0;
        for (int file = 0; file < FILES; file++) {
            List<String> lines = new ArrayList<>();
            List<String> good = new ArrayList<>();
            for (int row = 0; row < ROWS; row++) {
                String line = line(file * ROWS + row, random);
                boolean isBroken = random.nextInt(BROKEN_OF) == 0;
                lines.add(isBroken ? line.substring(0, line.length() / 2) : line);
                if (!isBroken) {
                    good.add(line);
                }
            }
            boolean isGzip = random.nextBoolean();
            byte[] bytes = isGzip ? gzip(lines, 1 + random.nextInt(3)) : Zstd.compress(text(lines));
            boolean isCut = file == CUT || random.nextInt(4) == 0;
            broken += isCut ? 1 : ROWS - good.size();
            Files.write(plain.resolve(file + ".ndjson"), isCut ? List.of() : good);
            packed.put(
                    "e-%02d.ndjson%s".formatted(file, isGzip ? ".gz" : ".zst"),
                    isCut ? Arrays.copyOf(bytes, bytes.length - 1 - random.nextInt(LONGEST_TAIL)) : bytes);
        }
        return new Input(packed, plain, broken);
    }

    private static String line(int id, Random random) {
        String name = random.nextInt(7) == 0 ? "null" : "\"Zoë " + id + " \\\\ \\\"x\\\" \\u00e9\"";
        String tags = random.nextInt(5) == 0 ? "" : ",\"tags\":[\"a" + random.nextInt(3) + "\",null]";
        return "{\"id\":%d,\"amount\":%d.%02d,\"name\":%s,\"at\":\"2026-11-%02dT10:00:00.%06dZ\"%s}"
                .formatted(id, random.nextInt(1_000_000) - 500_000, id % 100, name, 1 + id % 28, id, tags);
    }

    private static byte[] text(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Members end anywhere, in the middle of a line too.
    private static byte[] gzip(List<String> lines, int members) throws IOException {
        byte[] text = text(lines);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < members; i++) {
            int from = text.length * i / members;
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                out.write(text, from, text.length * (i + 1) / members - from);
            }
        }
        return bytes.toByteArray();
    }

    private static RowBag oracle(Path plain) throws SQLException {
        RowBag bag = new RowBag();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id::VARCHAR, name, strftime(\"at\", '%Y-%m-%dT%H:%M:%S.%fZ'), amount::VARCHAR,"
                                + " CASE WHEN tags IS NOT NULL THEN to_json(tags)::VARCHAR END FROM read_json('" + plain
                                + "/*.ndjson', columns={id: 'BIGINT', name: 'VARCHAR', \"at\": 'TIMESTAMP',"
                                + " amount: 'DECIMAL(18,2)', tags: 'VARCHAR[]'})")) {
            while (rows.next()) {
                Map<String, String> row = new TreeMap<>();
                for (int i = 0; i < COLUMNS.length; i++) {
                    if (rows.getString(i + 1) != null) {
                        row.put(COLUMNS[i], rows.getString(i + 1));
                    }
                }
                bag.add(row.toString());
            }
        }
        return bag;
    }

    /// @param in where the files are, as the run sees it
    private ChildCommand command(long seed, Places.Place in, Places.Place table) throws IOException {
        String files = in.yaml().replace("\"" + in.url() + "\"", "\"" + in.url() + "/*\"");
        Path working = Files.createTempDirectory(folder, "seed-" + seed);
        Files.writeString(working.resolve("pipeline.yml"), """
                name: lake
                source: {name: files, stream: events, %s, format: ndjson, sync_mode: %s,
                         schema: {fields: [{name: id, type: int64}, {name: name, type: string}, {name: at, type: timestamp},
                                           {name: amount, type: "decimal(18,2)"}, {name: tags, type: "list<string>"}]}}
                destination: {name: delta, config: {%s, commit_interval: 0.1, rollover_timeout: 0.01, checkpoint_interval: 3}}
                """.formatted(
                        files, seed % 2 == 0 ? "full_refresh" : "incremental", table.yaml()));
        return ChildCommand.run(working, "pipeline.yml").withJvm("-Dwisent.delta.base_every=4");
    }

    /// Seeds that follow each other begin at boundaries that lie apart; each is passed at least once.
    private static void killed(ChildCommand command, long seed, int further) {
        Random random = new Random(seed);
        List<Boundary> way = KillsTest.WAY;
        Boundary first = way.get((int) ((seed * FAR + further) % way.size()));
        int passing = 1 + random.nextInt(3);
        ChildResult dead = command.killedAt(first, passing).result();
        assertThat(dead.exit())
                .as("at %s, %s", first, passing)
                .isIn(ChildResult.KILLED, passing == 1 ? ChildResult.KILLED : 0);
        for (int more = random.nextInt(2); more > 0; more--) {
            if (random.nextInt(3) == 0) {
                try (ChildRun run = command.start()) {
                    run.killedAfter(Duration.ofMillis(500 + random.nextInt(2_000)));
                }
            } else {
                once(command.killedAt(way.get(random.nextInt(way.size())), 1 + random.nextInt(6)));
            }
        }
    }

    private static void once(ChildCommand command) {
        assertThat(command.result().exit()).isIn(0, ChildResult.KILLED);
    }

    private static void put(Input input, Places.Place in) {
        try (ObjectStore store = in.open()) {
            input.packed().forEach((name, content) -> store.put(name, ByteBuffer.wrap(content)));
        }
    }

    private static Places.Place beside(Places.Place table) {
        return new Places.Place(table.url() + "-in", new HashMap<>(table.options()));
    }

    private static void isWhole(Input input, Places.Place table) throws SQLException {
        try (ObjectStore store = table.open()) {
            assertThat(TableReader.bag(store).differences(oracle(input.plain())))
                    .isEmpty();
            ProtocolChecker.check(store);
        }
    }

    /// Each broken line is a reject, once for each generation that met it, and each file that is cut is one, and none of its
    /// lines.
    private static void isAllRejected(Input input, ChildCommand run) {
        ChildResult listed = new ChildCommand(
                        run.folder(),
                        List.of("rejects", "list", "pipeline.yml", "--all", "--json"),
                        List.of(),
                        OptionalLong.empty())
                .here()
                .exits(0);
        Set<String> places = new HashSet<>();
        listed.json()
                .path("rejects")
                .forEach(reject -> places.add(reject.path("where").stringValue("") + " "
                        + reject.path("line").longValue(0)));
        assertThat(places).as(listed.toString()).hasSize(input.broken());
    }

    private void locally(long seed) throws Exception {
        Input input = input(seed);
        Places.Place table = Places.local(folder).next();
        put(input, beside(table));
        ChildCommand command = command(seed, beside(table), table);
        killed(command, seed, 0);
        command.result().exits(0);
        isWhole(input, table);
        isAllRejected(input, command);
        try (ObjectStore store = table.open()) {
            assertThat(ProtocolChecker.unlisted(store)).as("left behind").isEmpty();
        }
    }

    private void inStormyS3(long seed) throws Exception {
        Input input = input(seed);
        try (S3Server server = new S3Server();
                StormyS3 storm = new StormyS3(server, seed)) {
            put(input, beside(storm.place()));
            ChildCommand command = command(seed, beside(storm.place()), storm.place());
            killed(command, seed, 1);
            command.result().exits(0);
            isWhole(input, storm.calm());
            isAllRejected(input, command);
        }
    }

    private interface Scene {
        void play(long seed) throws Exception;
    }

    private Stream<DynamicTest> each(int seeds, Scene scene) throws IOException {
        Places.Place table = Places.local(folder).next();
        put(input(0), beside(table));
        command(0, beside(table), table).training().exits(0);
        Long given = Long.getLong("kill.seed");
        long first = Long.getLong("wisent.seed", 1);
        Stream<Long> all =
                given != null ? Stream.of(given) : IntStream.range(0, seeds).mapToObj(i -> first + i);
        return all.map(seed -> DynamicTest.dynamicTest("seed " + seed, () -> scene.play(seed)));
    }

    @TestFactory
    Stream<DynamicTest> compressed_files_into_a_local_table_by_runs_that_are_killed_are_what_the_json_says()
            throws IOException {
        return each(EVERYDAY, this::locally);
    }

    @TestFactory
    Stream<DynamicTest> compressed_files_into_a_table_in_a_failing_s3_by_runs_that_are_killed_are_what_the_json_says()
            throws IOException {
        return each(EVERYDAY, this::inStormyS3);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> many_more_compressed_files_into_a_local_table_by_runs_that_are_killed() throws IOException {
        return each(Integer.getInteger("kill.seeds", SWEEP), this::locally);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> many_more_compressed_files_into_a_table_in_a_failing_s3_by_runs_that_are_killed()
            throws IOException {
        return each(Integer.getInteger("kill.seeds", SWEEP), this::inStormyS3);
    }
}
