package dev.wisent.connectors.sqlite.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.staged.LoadingContract;
import dev.wisent.connectors.sqlite.SqliteReader;
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

class SqliteLoadingTest extends LoadingContract {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("a[b]c").resolve("shop.db");
    }

    private SqliteReader db() {
        return new SqliteReader(file());
    }

    @Override
    protected Destination open(Map<String, ?> keys, Optional<String> cursor) {
        Map<String, Object> all = new HashMap<>(keys);
        all.put("database", file().toString());
        DestinationSettings settings = Configured.settings(new ByteArrayOutputStream());
        DestinationHandle made = Configured.handle(
                new SqliteFactory(), cursor.isPresent() ? settings.merging(List.of("id"), cursor) : settings, all);
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
        return "orders";
    }

    @Override
    protected Optional<String> comment(String column) {
        return Optional.empty();
    }

    @Override
    protected boolean hasComments() {
        return false;
    }

    @Override
    protected void assertLookedUpBy(List<String> columns, String rows) throws Exception {
        assertThat(read("SELECT i.name FROM sqlite_schema s, pragma_index_info(s.name) i WHERE s.tbl_name = 'orders'"
                        + " AND s.name LIKE '\\_wisent\\_cluster\\_%' ESCAPE '\\' ORDER BY s.name, i.seqno"))
                .isEqualTo(columns);
    }

    @Override
    protected List<String> indexes() throws Exception {
        return db().lines("SELECT name FROM sqlite_schema WHERE type = 'index'");
    }

    @Override
    protected long parts() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".part")).count();
        }
    }

    @Test
    void a_table_that_rows_are_merged_into_has_one_index_over_their_key() throws Exception {
        start(Map.of());
        merge(put("id", 1), put("id", 2));
        merge(put("id", 2, "name", "b"));
        refresh(ORDERS, put("id", 3));
        merge(put("id", 3, "name", "c"));

        assertThat(read("SELECT i.name FROM pragma_index_list('orders') l JOIN pragma_index_info(l.name) i"))
                .containsExactly("id");
        assertThat(rows("id, name")).containsExactly("3|c");
    }

    @Test
    void more_parts_than_files_can_be_attached_come_in_by_one_commit() throws Exception {
        start(Map.of(), Optional.empty());
        appendInParts(20);

        assertThat(read("SELECT count(*), sum(id) FROM orders")).containsExactly("20|190");
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
    void views_and_triggers_go_on_with_the_table_that_a_refresh_wrote() throws Exception {
        start(Map.of(), Optional.empty());
        append(ORDERS, put("id", 1));
        run(
                "CREATE VIEW seen AS SELECT id FROM orders",
                "CREATE TABLE log (id INTEGER)",
                "CREATE TRIGGER noted AFTER INSERT ON orders BEGIN INSERT INTO log VALUES (new.id); END");
        refresh(ORDERS, put("id", 2));
        append(ORDERS, put("id", 3));

        assertThat(read("SELECT id FROM seen ORDER BY id")).containsExactly("2", "3");
        assertThat(read("SELECT id FROM log")).containsExactly("3");
    }
}
