package dev.wisent.connectors.sql.staged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.sql.TestDatabase;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Rows and the elements of their lists, in tables of their own on a server, agree whenever a run dies: after each kill there
/// is no element without its row and no list without its elements, and in the end all are there once. A test's name holds its
/// seed.
public abstract class ServerChildTablesKills {
    private static final int SWEEP = Integer.getInteger("kill.trials", 50);
    private static final String MERGE = "incremental, primary_key: [id], cursor_field: v";
    private static final String REFRESH = "full_refresh";
    private static final String APPEND = "incremental";
    private static final List<Boundary> WAY = List.of(
            Boundary.AFTER_CLAIM,
            Boundary.STAGING,
            Boundary.STAGED,
            Boundary.BEFORE_COMMIT,
            Boundary.MANIFEST_WRITTEN,
            Boundary.MANIFEST_LINKED,
            Boundary.COMMITTED,
            Boundary.BEFORE_PUBLISH,
            Boundary.PUBLISHED);

    @TempDir
    Path folder;

    /// Where the tables of one trial are.
    ///
    /// @param keys of the destination, from its name on, with the brace of `config` open
    /// @param prefix of the names of tables in statements
    public record Place(TestDatabase database, String keys, String prefix) {
        private List<String> lines(String query) throws SQLException {
            return database.lines(query.replace("%s", prefix));
        }
    }

    /// A new one.
    protected abstract Place place(Path working);

    /// Elements without a row, and lists that say how many elements they have and have others.
    private static List<String> disagreements(Place place) throws SQLException {
        String like =
                "SELECT 1 FROM information_schema.tables WHERE table_name = 'orders__items' AND table_schema = '%s'";
        String schema = place.prefix().substring(0, place.prefix().length() - 1);
        if (place.database().lines(like.formatted(schema)).isEmpty()) {
            return List.of();
        }
        List<String> all = new ArrayList<>(place.lines(Baskets.ORPHANS));
        all.addAll(place.lines(Baskets.INCOMPLETE));
        return all;
    }

    private DynamicTest trial(String mode, long seed, List<Boundary> first, int kills) {
        return DynamicTest.dynamicTest(mode + ", seed " + seed, () -> {
            Random random = new Random(seed);
            Path working = folder.resolve("t" + seed);
            Baskets.write(working.resolve("in"));
            Place place = place(working);
            ChildCommand command = command(working, place, mode);
            if (mode.equals(REFRESH)) {
                // what is replaced
                command.result().exits(0);
            }
            for (int kill = 0; kill < kills; kill++) {
                Boundary at = kill < first.size() ? first.get(kill) : WAY.get(random.nextInt(WAY.size()));
                int passing = kill < first.size() ? 1 : 1 + random.nextInt(4);
                assertThat(command.killedAt(at, passing).result().exit()).isIn(0, ChildResult.KILLED);
                assertThat(disagreements(place)).isEmpty();
            }
            command.result().exits(0);
            assertThat(place.lines(Baskets.QUERY))
                    .containsExactlyInAnyOrderElementsOf(mode.equals(MERGE) ? Baskets.merged() : Baskets.all());
            assertThat(disagreements(place)).isEmpty();
        });
    }

    private static ChildCommand command(Path working, Place place, String mode) throws IOException {
        Files.writeString(working.resolve("p.yml"), """
                name: baskets
                source: {name: files, stream: orders, path: "in/*.ndjson", sync_mode: %s}
                destination: {%s, destination_id: orders, child_tables: 1, commit_interval: 0.1}}
                """.formatted(mode, place.keys()));
        return ChildCommand.run(working, "p.yml");
    }

    @TestFactory
    Stream<DynamicTest> rows_and_elements_of_their_lists_agree_however_often_a_run_is_killed() {
        long seed = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        return Stream.of(
                trial(MERGE, seed, List.of(Boundary.MANIFEST_WRITTEN, Boundary.STAGED, Boundary.COMMITTED), 3),
                trial(REFRESH, seed + 1, List.of(Boundary.BEFORE_PUBLISH), 1));
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> rows_and_elements_agree_in_each_mode_however_a_run_is_killed() {
        long first = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        List<String> modes = List.of(MERGE, REFRESH, APPEND);
        return LongStream.range(first, first + SWEEP)
                .mapToObj(seed -> trial(modes.get((int) Math.floorMod(seed, (long) modes.size())), seed, List.of(), 3));
    }
}
