package dev.wisent.connectors.sql.staged;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.sql.TestDatabase;
import dev.wisent.testkit.KillSweep;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Rows and the elements of their lists, in tables of their own in a database file, agree whenever a run dies. A test's name
/// holds its seed.
public abstract class FileChildTablesKills {
    private static final int SWEEP = Integer.getInteger("kill.trials", 20);
    private static final List<String> MODES = List.of(
            "sync_mode: incremental, primary_key: [id], cursor_field: v",
            "sync_mode: full_refresh",
            "sync_mode: incremental");

    @TempDir
    Path folder;

    /// The destination's name.
    protected abstract String destination();

    protected abstract TestDatabase open(Path file);

    private KillSweep sweep(int mode, String publish) {
        String pipeline = """
                name: baskets
                source: {name: files, stream: orders, path: "in/*.ndjson", %s}
                destination: {name: %s, config: {database: out/w.db, destination_id: orders, child_tables: 1, commit_interval: 0}}
                engine: {%srunner: {type: "${RUNNER:-thread}"}}
                """.formatted(MODES.get(mode), destination(), publish);
        Path place = folder.resolve("mode" + mode + (publish.isEmpty() ? "" : "-each"));
        try {
            Files.createDirectories(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return KillSweep.of(place, pipeline, this::rows).reading(in -> Baskets.write(in.resolve("in")));
    }

    private RowBag rows(Path working) {
        RowBag bag = new RowBag();
        TestDatabase database = open(working.resolve("out/w.db"));
        try {
            database.lines(Baskets.QUERY.replace("%s", "")).forEach(bag::add);
            database.lines(Baskets.ORPHANS.replace("%s", "")).forEach(bag::add);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return bag;
    }

    @TestFactory
    Stream<DynamicTest> rows_and_elements_of_their_lists_agree_however_often_a_run_is_killed() {
        long seed = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        return Stream.of(sweep(0, "publish: each_commit, ")
                .inARow(seed, List.of(Boundary.MANIFEST_WRITTEN, Boundary.STAGED, Boundary.MANIFEST_LINKED), 3));
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> rows_and_elements_agree_in_each_mode_however_a_run_is_killed() {
        long seed = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        return Stream.of(
                        sweep(0, "publish: each_commit, ").atRandom(seed, SWEEP),
                        sweep(0, "").atRandom(seed, SWEEP),
                        sweep(1, "").atRandom(seed, SWEEP),
                        sweep(2, "").atRandom(seed, SWEEP))
                .flatMap(tests -> tests);
    }
}
