package dev.wisent.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStateStoreTest {
    private static final JobKey ORDERS = new JobKey("shop", new StreamId("orders"));

    @TempDir
    Path folder;

    @Test
    void runs_come_newest_first_and_are_rewritten_under_their_id() {
        try (SqliteStateStore store = SqliteStateStore.open(file())) {
            store.saveRun(run("a", "shop", 1, RunRecord.Status.RUNNING));
            store.saveRun(run("b", "other", 2, RunRecord.Status.FAILED));
            store.saveRun(run("c", "shop", 3, RunRecord.Status.RUNNING));
            RunRecord ended = run("a", "shop", 1, RunRecord.Status.SUCCEEDED);
            store.saveRun(ended);

            assertThat(store.runs(Optional.empty(), 10))
                    .extracting(r -> r.run().value())
                    .containsExactly("c", "b", "a");
            assertThat(store.runs(Optional.of("shop"), 10)).last().isEqualTo(ended);
            assertThat(store.runs(Optional.of("shop"), 1)).hasSize(1);
        }
    }

    @Test
    void what_was_saved_is_there_after_the_store_is_opened_again() {
        try (SqliteStateStore store = SqliteStateStore.open(file())) {
            store.saveProgress(ORDERS, "{\"n\":1}");
            store.saveProgress(ORDERS, "{\"n\":2}");
        }
        try (SqliteStateStore store = SqliteStateStore.open(file())) {
            assertThat(store.progress(ORDERS)).contains("{\"n\":2}");
            assertThat(store.jobs()).containsExactly(ORDERS);
            assertThat(store.progress(new JobKey("shop", new StreamId("else")))).isEmpty();
        }
    }

    @Test
    void every_commit_is_synced_to_disk() throws SQLException {
        try (Database database = Database.file(file(), SqliteStateStore.BUSY)) {
            assertThat(database.query("PRAGMA synchronous", row -> row.getInt(1)))
                    .containsExactly(2);
            assertThat(database.query("PRAGMA journal_mode", row -> row.getString(1)))
                    .containsExactly("wal");
        }
    }

    @Test
    void a_store_in_memory_leaves_no_file() throws IOException {
        try (SqliteStateStore store = SqliteStateStore.inMemory()) {
            store.saveProgress(ORDERS, "{}");
            assertThat(store.progress(ORDERS)).contains("{}");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void several_threads_may_use_one_store_and_several_stores_one_file() throws Exception {
        List<Future<?>> writers = new ArrayList<>();
        try (SqliteStateStore shared = SqliteStateStore.open(file());
                ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int t = 0; t < 6; t++) {
                int thread = t;
                writers.add(threads.submit(() -> {
                    try (SqliteStateStore own = SqliteStateStore.open(file())) {
                        for (int i = 0; i < 20; i++) {
                            SqliteStateStore store = i % 2 == 0 ? shared : own;
                            store.saveRun(run(thread + "-" + i, "shop", i, RunRecord.Status.SUCCEEDED));
                        }
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(shared.runs(Optional.empty(), 1000)).hasSize(120);
        }
    }

    @Test
    void a_file_of_format_1_opens_with_all_it_holds() throws IOException {
        try (InputStream stored = SqliteStateStoreTest.class.getResourceAsStream("state-v1.db")) {
            Files.copy(stored, file());
        }
        try (SqliteStateStore store = SqliteStateStore.open(file())) {
            assertThat(store.runs(Optional.of("shop"), 10))
                    .containsExactly(run("a", "shop", 1, RunRecord.Status.SUCCEEDED));
            assertThat(store.progress(ORDERS)).contains("{\"n\":2}");
        }
    }

    @Test
    void an_older_file_is_brought_up_to_date_in_one_transaction() throws SQLException {
        List<String> first = List.of("CREATE TABLE a (x INTEGER)", "INSERT INTO a VALUES (7)");
        List<String> second = List.of("ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 8");
        List<String> broken = List.of("ALTER TABLE a ADD COLUMN z INTEGER", "CREATE TABLE no such syntax");
        open(new Migrations(List.of(first))).close();

        assertThatThrownBy(() -> open(new Migrations(List.of(first, second, broken))))
                .isInstanceOf(WisentException.class);
        assertThat(columns()).containsExactly("x");

        open(new Migrations(List.of(first, second))).close();
        assertThat(columns()).containsExactly("x", "y");
    }

    @Test
    void a_newer_file_is_refused_and_left_as_it_is() throws SQLException {
        open(new Migrations(List.of(List.of(), List.of(), List.of()))).close();

        assertThatThrownBy(() -> SqliteStateStore.open(file())).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STATE_NEWER);
            assertThat(e.code().fault().exitCode()).isEqualTo(5);
            assertThat(e.what()).contains("format 3");
            assertThat(e.where()).isEqualTo(file().toString());
        });
        try (Database database = Database.file(file(), SqliteStateStore.BUSY)) {
            assertThat(database.query("PRAGMA user_version", row -> row.getInt(1)))
                    .containsExactly(3);
        }
    }

    @Test
    void a_file_that_is_no_database_is_named_with_a_hint() throws IOException {
        Files.writeString(
                file(),
                "this is a text, and a long enough one to be taken for a header of a database file\n".repeat(20));

        assertThatThrownBy(() -> SqliteStateStore.open(file())).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STATE_STORE);
            assertThat(e.where()).isEqualTo(file().toString());
            assertThat(e.hint()).contains("move it").contains("progress is read from the destination");
        });
    }

    @Test
    void a_folder_in_place_of_the_file_is_an_error_that_names_it() throws IOException {
        Files.createDirectory(file());

        assertThatThrownBy(() -> SqliteStateStore.open(file())).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STATE_STORE);
            assertThat(e.where()).isEqualTo(file().toString());
        });
    }

    @Test
    void a_full_disk_is_named_as_such() throws SQLException {
        try (Database database = Database.file(file(), SqliteStateStore.BUSY)) {
            database.run("CREATE TABLE big (x TEXT)");
            database.run("PRAGMA max_page_count = 10");

            assertThatThrownBy(() ->
                            database.write(() -> database.update("INSERT INTO big VALUES (?)", "x".repeat(100_000))))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(database.failure(e)).satisfies(told -> {
                                assertThat(told.code()).isEqualTo(ErrorCode.DISK_FULL);
                                assertThat(told.where()).isEqualTo(file().toString());
                            }));
        }
    }

    @Test
    void the_folder_of_the_file_is_made() {
        Path deep = folder.resolve("a/b/state.db");
        SqliteStateStore.open(deep).close();
        assertThat(deep).exists();
    }

    private Path file() {
        return folder.resolve("state.db");
    }

    private SqliteStateStore open(Migrations migrations) {
        return SqliteStateStore.open(file(), InstantSource.system(), migrations);
    }

    private List<String> columns() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT name FROM pragma_table_info('a')")) {
            List<String> names = new ArrayList<>();
            while (result.next()) {
                names.add(result.getString(1));
            }
            return names;
        }
    }

    static RunRecord run(String id, String pipeline, long second, RunRecord.Status status) {
        Instant started = Instant.ofEpochSecond(1_800_000_000L + second);
        boolean ended = status != RunRecord.Status.RUNNING;
        return new RunRecord(
                new RunId(id),
                pipeline,
                pipeline + "-to-file",
                status,
                started,
                ended ? Optional.of(started.plusMillis(1500)) : Optional.empty(),
                status == RunRecord.Status.FAILED ? Optional.of("W4002") : Optional.empty(),
                status == RunRecord.Status.FAILED ? Optional.of("writing failed") : Optional.empty(),
                "{}");
    }
}
