package dev.wisent.connectors.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.sql.staged.LoadingContract;
import dev.wisent.testkit.connector.Configured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MysqlLoadingTest extends LoadingContract {
    private final MariaDbServer.Database database = MariaDbServer.shared().database();

    @TempDir
    Path folder;

    @Override
    protected Destination open(Map<String, ?> keys, Optional<String> cursor) {
        Map<String, Object> all = new HashMap<>(keys);
        all.put("parts", folder.toString());
        DestinationSettings settings = Configured.settings(new ByteArrayOutputStream());
        DestinationHandle made = Configured.handle(
                new MysqlFactory(),
                cursor.isPresent() ? settings.merging(List.of("id"), cursor) : settings,
                database.keys(all));
        return ((DestinationHandle.Transactional) made).destination();
    }

    @Override
    protected List<String> read(String query) {
        return database.list(query.replace("'", "\"")).stream()
                .map(row -> row.replace("null", "-"))
                .toList();
    }

    /// Texts have no length here, and only their beginnings are indexed.
    @Override
    protected void run(String... statements) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET sql_mode = 'ANSI_QUOTES'");
            for (String each : statements) {
                statement.execute(each.replace(
                        "CREATE INDEX by_name ON orders (name)", "CREATE INDEX by_name ON orders (name(20))"));
            }
        }
    }

    @Override
    protected String table() {
        return "orders";
    }

    @Override
    protected Optional<String> comment(String column) {
        return database
                .list(
                        "SELECT column_comment FROM information_schema.columns WHERE column_comment <> '' AND table_schema = '"
                                + database.name() + "' AND table_name = 'orders' AND column_name = '" + column + "'")
                .stream()
                .findFirst();
    }

    @Override
    protected void assertLookedUpBy(List<String> columns, String rows) {
        assertThat(database.list("SELECT column_name FROM information_schema.statistics WHERE table_schema = '"
                        + database.name() + "' AND table_name = 'orders' AND index_name = '_wisent_cluster'"
                        + " ORDER BY seq_in_index"))
                .isEqualTo(columns);
    }

    @Override
    protected List<String> indexes() {
        return database.list("SELECT index_name FROM information_schema.statistics WHERE table_schema = '"
                + database.name() + "' AND table_name = 'orders'");
    }

    @Override
    protected long parts() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".part")).count();
        }
    }

    @Test
    void not_a_number_is_refused_and_not_made_null() {
        start(Map.of(), Optional.empty());
        Schema schema = Schema.of(Field.nullable("id", DataType.FLOAT64));

        assertThatThrownBy(() -> append(schema, put("id", Double.NaN)))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("NaN");
    }

    @Test
    void keys_that_differ_by_case_accents_or_spaces_at_their_end_are_different() {
        start(Map.of(), Optional.of("amount"));
        Schema schema = Schema.of(Field.nullable("id", DataType.STRING), Field.nullable("amount", DataType.INT64));
        merge(schema, put("id", "a", "amount", 1), put("id", "A", "amount", 2), put("id", "a ", "amount", 3));
        merge(schema, put("id", "á", "amount", 4), put("id", "a", "amount", 5));

        assertThat(read("SELECT amount FROM orders ORDER BY amount")).containsExactly("2", "3", "4", "5");
    }

    @Test
    void views_and_grants_go_on_with_the_table_that_a_refresh_wrote() throws Exception {
        start(Map.of(), Optional.empty());
        append(ORDERS, put("id", 1));
        run("CREATE VIEW seen AS SELECT id FROM orders");
        refresh(ORDERS, put("id", 2));
        append(ORDERS, put("id", 3));

        assertThat(read("SELECT id FROM seen ORDER BY id")).containsExactly("2", "3");
        assertThat(read("SHOW TABLES LIKE '%wisent_g%'")).isEmpty();
        assertThat(read("SELECT COUNT(*) FROM _wisent_swaps")).containsExactly("0");
    }

    @Test
    void a_refresh_of_a_table_with_a_trigger_is_refused() throws Exception {
        start(Map.of(), Optional.empty());
        append(ORDERS, put("id", 1));
        run("CREATE TRIGGER noted BEFORE INSERT ON orders FOR EACH ROW SET @noted = 1");

        assertThatThrownBy(() -> refresh(ORDERS, put("id", 2)))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("trigger noted");
        assertThat(read("SELECT id FROM orders")).containsExactly("1");
    }
}
