package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A backup of the target is put back after more was loaded: nothing goes on by itself, and both ways on lead to all rows.
class OlderTargetTest {
    @TempDir
    Path folder;

    /// What is backed up, with the progress in it.
    private enum Place {
        FILE,
        DELTA,
        DUCKDB,
        POSTGRES
    }

    private final class Backup {
        private final Place place;
        private final PostgresServer.Database database = PostgresServer.shared().database();

        Backup(Place place) {
            this.place = place;
        }

        String destination() {
            return switch (place) {
                case FILE -> "{name: file, config: {path: '" + target() + "/', format: ndjson}}";
                case DELTA -> "{name: delta, config: {path: '" + target() + "'}}";
                case DUCKDB ->
                    "{name: duckdb, config: {database: '" + target() + "/rows.duckdb', destination_id: rows}}";
                case POSTGRES ->
                    "{name: postgres, config: {host: localhost, port: "
                            + PostgresServer.shared().port() + ", database: " + database.name()
                            + ", username: postgres, destination_id: rows}}";
            };
        }

        private String kept() {
            return database.name() + "_kept";
        }

        void make() throws IOException {
            if (place == Place.POSTGRES) {
                PostgresServer.shared().run("CREATE DATABASE " + kept() + " TEMPLATE " + database.name());
            } else {
                copy(target(), folder.resolve("kept"));
            }
        }

        void putBack() throws IOException {
            if (place == Place.POSTGRES) {
                PostgresServer.shared().run("DROP DATABASE " + database.name());
                PostgresServer.shared().run("ALTER DATABASE " + kept() + " RENAME TO " + database.name());
            } else {
                delete(target());
                copy(folder.resolve("kept"), target());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_target_that_went_back_in_time_is_gone_on_in_when_somebody_says_so(Place place) throws IOException {
        Backup backup = wentBack(place);
        assertThat(wisent("state", "accept", "p.yml").exits(0).out()).contains("goes on from commit");

        wisent("run", "p.yml").exits(0);

        assertSame(backup);
    }

    @ParameterizedTest
    @EnumSource
    void a_target_that_went_back_in_time_is_filled_anew_by_a_reset(Place place) throws IOException {
        Backup backup = wentBack(place);
        wisent("stream", "reset", "p.yml").exits(0);

        wisent("run", "p.yml").exits(0);

        assertSame(backup);
    }

    @Test
    void a_target_that_is_gone_is_older_than_anything() throws IOException {
        Backup backup = new Backup(Place.DUCKDB);
        pipeline(backup, "");
        input(1);
        wisent("run", "p.yml").exits(0);
        delete(target());

        assertThat(wisent("run", "p.yml").exits(5).err()).contains("W4007", "it has nothing of stream rows");
    }

    /// Every machine has a state store of its own, and any may be lost.
    @Test
    void a_target_of_which_the_state_store_knows_nothing_is_gone_on_in() throws IOException {
        Backup backup = wentBack(Place.FILE);
        delete(folder.resolve(".wisent"));

        wisent("run", "p.yml").exits(0);

        assertSame(backup);
    }

    @Test
    void another_place_is_another_target() throws IOException {
        pipeline(new Backup(Place.FILE), "");
        input(1);
        wisent("run", "p.yml").exits(0);
        Files.writeString(
                folder.resolve("p.yml"),
                Files.readString(folder.resolve("p.yml")).replace("/target/", "/elsewhere/"));

        wisent("run", "p.yml").exits(0);

        assertThat(lines(folder.resolve("elsewhere"))).isEqualTo(ofFiles(1));
    }

    /// Not started again and again: another try finds the same.
    @Test
    void a_run_in_several_processes_stops_at_once_too() throws IOException {
        Backup backup = new Backup(Place.FILE);
        pipeline(backup, "engine: {runner: {type: process}}\n");
        input(1);
        wisent("run", "p.yml").exits(0);
        delete(target());

        ChildResult refused = new ChildCommand(folder, List.of("run", "p.yml"), List.of(), OptionalLong.empty())
                .result()
                .exits(5);

        assertThat(refused.err()).contains("W4007", "wisent stream reset p.yml").doesNotContain("W8005");
    }

    /// Three inputs, of which the target once had two and has one; the run that comes next is refused, and touches nothing.
    private Backup wentBack(Place place) throws IOException {
        Backup backup = new Backup(place);
        pipeline(backup, "");
        input(1);
        wisent("run", "p.yml").exits(0);
        backup.make();
        input(2);
        wisent("run", "p.yml").exits(0);
        backup.putBack();
        input(3);

        int times = place == Place.FILE ? 3 : 1;
        for (int time = 0; time < times; time++) {
            assertThat(wisent("run", "p.yml").exits(5).err())
                    .contains("W4007", "the destination is older", "wisent stream reset p.yml", "state accept p.yml");
        }
        return backup;
    }

    private Path target() {
        return folder.resolve("target");
    }

    private void pipeline(Backup backup, String more) throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(target());
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: files, stream: rows, path: "%s/in/*.ndjson", format: ndjson, sync_mode: incremental,
                  schema: {fields: [{name: id, type: int64}]}}
                destination: %s
                %s""".formatted(folder, backup.destination(), more));
    }

    private void input(int number) throws IOException {
        StringBuilder rows = new StringBuilder();
        ids(number).forEach(id -> rows.append("{\"id\":").append(id).append("}\n"));
        Files.writeString(folder.resolve("in/" + number + ".ndjson"), rows);
    }

    private static Stream<Integer> ids(int number) {
        return Stream.iterate(number * 1000, id -> id + 1).limit(100);
    }

    private static RowBag ofFiles(int... numbers) {
        RowBag bag = new RowBag();
        for (int number : numbers) {
            ids(number).forEach(id -> bag.add("{\"id\":" + id + "}"));
        }
        return bag;
    }

    private void assertSame(Backup backup) {
        assertThat(rows(backup).differences(ofFiles(1, 2, 3))).isEmpty();
    }

    private RowBag rows(Backup backup) {
        return switch (backup.place) {
            case FILE -> lines(target());
            case DELTA -> DeltaFiles.rows(target());
            case DUCKDB ->
                Target.query("ATTACH '" + target().resolve("rows.duckdb") + "' AS db (READ_ONLY)", "db.rows");
            case POSTGRES -> {
                RowBag bag = new RowBag();
                backup.database.list("SELECT row_to_json(r)::text FROM rows r").forEach(bag::add);
                yield bag;
            }
        };
    }

    private static RowBag lines(Path files) {
        RowBag bag = new RowBag();
        Target.files(files, ".ndjson").stream().flatMap(Target::lines).forEach(bag::add);
        return bag;
    }

    private ChildResult wisent(String... command) {
        return new ChildCommand(folder, List.of(command), List.of(), OptionalLong.empty()).here();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)));
            }
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
