package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.ProgressJson;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.engine.state.SqliteStateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// Bizon's `syncCursorInDBEvery`.
class ProgressCopyTest {
    @TempDir
    Path folder;

    @Test
    void the_state_stores_copy_follows_every_so_many_commits() throws IOException {
        assertThat(copy("syncCursorInDBEvery: 1")).contains("\"split\"");
    }

    @Test
    void without_it_the_copy_is_of_the_claim() throws IOException {
        assertThat(copy("echoEngine: false")).doesNotContain("\"split\"");
    }

    @Test
    void more_than_there_are_commits_copies_only_the_claim() throws IOException {
        assertThat(copy("syncCursorInDBEvery: 100")).doesNotContain("\"split\"");
    }

    /// The claim of a run is the first commit.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void the_copy_is_of_the_last_commit_whose_number_is_due(int every) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: generator, stream: orders, rows: 4000, page_size: 100, sleep_ms: 20, sync_mode: stream}
                destination: {name: file, config: {path: '%s/out/', commit_interval: 0.02}}
                engine:
                  until_idle: 0.1
                  backend: {type: sqlite, config: {database: state.db, syncCursorInDBEvery: %d}}
                """.formatted(folder, every));
        Terminal terminal = new Terminal(folder, Connectors.installed());

        assertThat(terminal.run("run", "p.yml", "--json")).as(terminal.err()).isZero();

        long commits = JsonMapper.shared()
                .readTree(terminal.out())
                .path("streams")
                .path(0)
                .path("commits")
                .asLong();
        assertThat(commits).isGreaterThanOrEqualTo(3);
        try (StateStore store = SqliteStateStore.open(folder.resolve("state.db"))) {
            String copy =
                    store.progress(new JobKey("p", new StreamId("orders"))).orElseThrow();
            assertThat(ProgressJson.parse(copy).view().lane(LaneId.FIRST).last())
                    .isEqualTo(1 + every * (commits / every));
        }
    }

    /// The copy after a run that shows each commit and so publishes nothing.
    private String copy(String setting) throws IOException {
        Files.writeString(folder.resolve("in.ndjson"), "{\"a\":1}\n");
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: files, stream: s, path: '%s/in.ndjson'}
                destination: {name: file, config: {path: '%s/out/'}}
                engine: {backend: {type: sqlite, config: {database: state.db, %s}}}
                """.formatted(folder, folder, setting));
        Terminal terminal = new Terminal(folder, Connectors.installed());

        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

        try (StateStore store = SqliteStateStore.open(folder.resolve("state.db"))) {
            return store.progress(new JobKey("p", new StreamId("s"))).orElseThrow();
        }
    }
}
