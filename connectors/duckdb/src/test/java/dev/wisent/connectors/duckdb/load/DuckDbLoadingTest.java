package dev.wisent.connectors.duckdb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.Fault;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.duckdb.Db;
import dev.wisent.connectors.sql.staged.LoadingContract;
import dev.wisent.testkit.connector.Configured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbLoadingTest extends LoadingContract {
    @TempDir
    Path folder;

    private static final String LONG = "x".repeat(16 << 20);

    private DuckDbFactory factory = new DuckDbFactory();

    private Path file() {
        return folder.resolve("a[b]c").resolve("warehouse.duckdb");
    }

    private Db db() {
        return new Db(file());
    }

    @Override
    protected Destination open(Map<String, ?> keys, Optional<String> cursor) {
        Map<String, Object> all = new HashMap<>(keys);
        all.put("database", file().toString());
        DestinationSettings settings = Configured.settings(new ByteArrayOutputStream());
        DestinationHandle made = Configured.handle(
                factory, cursor.isPresent() ? settings.merging(List.of("id"), cursor) : settings, all);
        return ((DestinationHandle.Transactional) made).destination();
    }

    @Override
    protected List<String> read(String query) throws Exception {
        return db().lines(query);
    }

    @Override
    protected void run(String... statements) throws Exception {
        db().run(statements);
    }

    @Override
    protected String table() {
        return "main.orders";
    }

    @Override
    protected Optional<String> comment(String column) throws Exception {
        return read("SELECT comment FROM duckdb_columns() WHERE table_name = 'orders' AND comment IS NOT NULL"
                        + " AND column_name = '" + column + "'")
                .stream()
                .findFirst();
    }

    @Override
    protected void assertLookedUpBy(List<String> columns, String rows) throws Exception {
        String asTheyLie = "SELECT " + String.join(", ", columns) + " FROM orders WHERE " + rows;
        assertThat(read(asTheyLie)).hasSizeGreaterThan(1);
        assertThat(read(asTheyLie)).isEqualTo(read(asTheyLie + " ORDER BY ALL"));
    }

    @Override
    protected List<String> indexes() throws Exception {
        return db().lines("SELECT index_name FROM duckdb_indexes()");
    }

    @Override
    protected long parts() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".parquet")).count();
        }
    }

    @Test
    void a_commit_that_needs_more_memory_than_first_allowed_gets_it_at_the_next_try() throws Exception {
        factory = new DuckDbFactory(8);
        start(Map.of(), Optional.empty());
        Commit needing = data(live(), Commit.Mode.APPEND, written(List.of(), ORDERS, put("id", 2, "name", LONG)));

        assertThatThrownBy(() -> in(needing)).isInstanceOfSatisfying(WisentException.class, failed -> {
            assertThat(failed.isTransient()).isTrue();
            assertThat(failed.what()).contains("8 MB DuckDB may take");
        });
        in(needing);

        assertThat(read("SELECT id, length(name) FROM orders")).containsExactly("2|" + LONG.length());
    }

    @Test
    void a_commit_that_needs_more_memory_than_it_may_ever_get_says_which_key_to_raise() throws Exception {
        start(Map.of("memory_mb", 8), Optional.empty());

        assertThatThrownBy(() -> append(ORDERS, put("id", 2, "name", LONG)))
                .isInstanceOfSatisfying(WisentException.class, failed -> {
                    assertThat(failed.isTransient()).isFalse();
                    assertThat(failed.code()).isEqualTo(ErrorCode.COMMIT_FAILED);
                    assertThat(failed.hint()).contains("memory_mb");
                });
    }

    @Test
    void a_file_in_use_with_more_memory_than_first_allowed_is_loaded_all_the_same() throws Exception {
        start(Map.of(), Optional.empty());
        append(ORDERS, put("id", 1));
        factory = new DuckDbFactory(1);

        start(Map.of(), Optional.empty());
        append(ORDERS, put("id", 2));

        assertThat(read("SELECT id FROM orders ORDER BY id")).containsExactly("1", "2");
    }

    @Test
    void a_refresh_keeps_the_comments_of_the_table() throws Exception {
        start(Map.of(), Optional.empty());
        append(ORDERS, put("id", 1));
        String comment = db().value("SELECT comment FROM duckdb_tables() WHERE table_name = 'orders'");
        run(
                "COMMENT ON TABLE orders IS 'What people buy. " + comment + "'",
                "COMMENT ON COLUMN orders.amount IS 'in cents'");
        append(ORDERS, put("id", 2));

        refresh(ORDERS, put("id", 3));

        assertThat(read("SELECT comment FROM duckdb_columns() WHERE comment IS NOT NULL"))
                .containsExactly("in cents");
        assertThat(read("SELECT comment FROM duckdb_tables() WHERE table_name = 'orders'"))
                .singleElement()
                .asString()
                .startsWith("What people buy. Loaded by Wisent [wisent-");
        append(ORDERS, put("id", 4));
        assertThat(read("SELECT id FROM orders ORDER BY id")).containsExactly("3", "4");
    }

    @Test
    void a_link_to_the_file_leads_to_the_same_instance() throws Exception {
        start(Map.of(), Optional.empty());
        append(ORDERS, put("id", 1));
        Path link = Files.createSymbolicLink(folder.resolve("link.duckdb"), file());

        assertThat(new Db(link).value("SELECT count(*) FROM orders")).isEqualTo("1");
    }

    @Test
    void a_file_that_another_process_has_open_is_refused_and_the_process_is_named() throws Exception {
        Files.createDirectories(folder.resolve("a[b]c"));
        Process other = Holding.of(file());
        try {
            Destination destination = open(Map.of(), Optional.empty());

            assertThatThrownBy(destination::check).isInstanceOfSatisfying(WisentException.class, refused -> {
                assertThat(refused.code().fault()).isEqualTo(Fault.CONNECTION);
                assertThat(refused.what()).contains("process " + other.pid());
            });
        } finally {
            other.destroyForcibly().waitFor();
        }
    }
}
