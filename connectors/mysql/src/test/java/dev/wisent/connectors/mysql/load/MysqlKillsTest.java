package dev.wisent.connectors.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs in JVMs of their own, killed on their way into a table and run again: it holds what an undisturbed run writes, and
/// nothing hidden is left. A test's name holds its seed.
class MysqlKillsTest {
    private static final int SWEEP = Integer.getInteger("kill.trials", 200);
    private static final int KILLS_OF_EACH_MODE = 7;
    private static final String APPEND = "incremental";
    private static final String REFRESH = "full_refresh";
    private static final String MERGE = "incremental, primary_key: [customer_id], cursor_field: id";
    /// Claim, begin, rows, publish: with an interval that never comes.
    private static final int PUBLISH = 4;
    /// Of a run that finds all rows committed: claim, publish.
    private static final int GONE_ON = 2;

    private static final List<Boundary> WAY = List.of(
            Boundary.AFTER_CLAIM,
            Boundary.AFTER_BEGIN,
            Boundary.STAGING,
            Boundary.STAGED,
            Boundary.BEFORE_COMMIT,
            Boundary.MANIFEST_WRITTEN,
            Boundary.MANIFEST_LINKED,
            Boundary.ROLLED_FORWARD,
            Boundary.BEFORE_PUBLISH,
            Boundary.PUBLISHED);

    @TempDir
    Path folder;

    private final MariaDbServer server = MariaDbServer.shared();
    private final Map<String, RowBag> oracles = new HashMap<>();

    private final class Trial {
        final MariaDbServer.Database database = server.database();
        final Path working = folder.resolve(database.name());
        final ChildCommand command;

        Trial(String mode, double commitInterval) throws IOException {
            String user = server.user("secret");
            database.run("GRANT ALL ON " + database.name() + ".* TO " + user);
            Files.createDirectories(working);
            Files.writeString(working.resolve("p.yml"), """
                    name: warehouse
                    source: {name: generator, stream: orders, rows: 600, page_size: 20, sleep_ms: 20, sync_mode: %s}
                    destination: {name: mysql, config: {host: 127.0.0.1, port: %d, database: %s, username: %s,
                      password: secret, parts: %s/parts, destination_id: orders, commit_interval: %s}}
                    """.formatted(
                            mode, server.port(), database.name(), user, working, commitInterval));
            command = ChildCommand.run(working, "p.yml");
        }

        RowBag rows() {
            RowBag bag = new RowBag();
            database.list("SELECT id, customer_id, status, amount, created_at, note FROM orders")
                    .forEach(bag::add);
            return bag;
        }

        void leftNothing() throws IOException {
            try (Stream<Path> files = Files.walk(working)) {
                assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
            }
            assertThat(database.list("SHOW TABLES LIKE '%wisent\\_g%'")).isEmpty();
            assertThat(database.list("SELECT * FROM _wisent_swaps")).isEmpty();
        }
    }

    private RowBag oracle(String mode) throws IOException {
        if (!oracles.containsKey(mode)) {
            Trial trial = new Trial(mode, 0.2);
            trial.command.training().exits(0);
            oracles.put(mode, trial.rows());
        }
        return oracles.get(mode);
    }

    private interface Kill {
        ChildResult of(ChildCommand command);
    }

    private DynamicTest trial(String name, String mode, double commitInterval, Kill kill) {
        return DynamicTest.dynamicTest(name + ", " + mode, () -> {
            RowBag expected = oracle(mode.equals(REFRESH) ? APPEND : mode);
            Trial trial = new Trial(mode, commitInterval);
            if (mode.equals(REFRESH)) {
                trial.command.here().exits(0);
            }
            assertThat(kill.of(trial.command).exit()).isIn(0, ChildResult.KILLED);
            trial.command.here().exits(0);
            assertThat(trial.rows().differences(expected)).isEmpty();
            trial.leftNothing();
        });
    }

    private static Kill at(Boundary boundary, int passing) {
        return command -> {
            ChildResult result = command.killedAt(boundary, passing).result();
            assertThat(result.exit()).as("passes " + boundary).isEqualTo(ChildResult.KILLED);
            return result;
        };
    }

    /// Twenty-one kills: on the way into the table, around the swap, and anywhere.
    @TestFactory
    Stream<DynamicTest> a_run_killed_again_and_again_ends_with_each_row_once() {
        long seed = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        return Stream.of(
                inARow(APPEND, 0.1, seed, at(Boundary.STAGED, 1), at(Boundary.MANIFEST_WRITTEN, 2)),
                inARow(MERGE, 0.1, seed + 1, at(Boundary.STAGED, 2), at(Boundary.MANIFEST_LINKED, 2)),
                inARow(
                        REFRESH,
                        60,
                        seed + 2,
                        at(Boundary.MANIFEST_WRITTEN, PUBLISH),
                        at(Boundary.MANIFEST_LINKED, GONE_ON),
                        at(Boundary.ROLLED_FORWARD, PUBLISH)));
    }

    private DynamicTest inARow(String mode, double commitInterval, long seed, Kill... first) {
        Random random = new Random(seed);
        return trial("killed in a row, seed " + seed, mode, commitInterval, command -> {
            ChildResult last = first[0].of(command);
            for (int kill = 1; kill < KILLS_OF_EACH_MODE; kill++) {
                last = kill < first.length ? first[kill].of(command) : once(command, random);
            }
            return last;
        });
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> runs_killed_anywhere_again_and_again_leave_each_row_once() {
        long first = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        long trials = Long.getLong("kill.seed") != null ? 1 : SWEEP;
        return LongStream.range(first, first + trials).mapToObj(seed -> {
            Random random = new Random(seed);
            String mode = List.of(APPEND, REFRESH, MERGE).get(random.nextInt(3));
            return trial("seed " + seed, mode, random.nextBoolean() ? 60 : 0.2, anywhere(random));
        });
    }

    private static Kill anywhere(Random random) {
        return command -> {
            ChildResult last = once(command, random);
            for (int more = random.nextInt(3); more > 0; more--) {
                last = once(command, random);
            }
            return last;
        };
    }

    private static ChildResult once(ChildCommand command, Random random) {
        if (random.nextInt(3) == 0) {
            try (ChildRun run = command.start()) {
                return run.killedAfter(Duration.ofMillis(500 + random.nextInt(2_500)));
            }
        }
        return command.killedAt(WAY.get(random.nextInt(WAY.size())), 1 + random.nextInt(6))
                .result();
    }
}
