package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.connectors.sql.staged.MergingContract;
import dev.wisent.testkit.connector.Configured;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rows merged by a session: COPY into a temporary table, and statements in the transaction of the progress.
class PostgresMergingTest extends MergingContract {
    private static final PostgresServer.Database DATABASE = Pipeline.DATABASE;

    private final String schema = PostgresServer.name();

    @Override
    protected Destination open(Map<String, ?> keys, Optional<String> cursor) {
        Map<String, Object> all = new LinkedHashMap<>(keys);
        all.put("schema", schema);
        DestinationSettings settings = Configured.settings(new ByteArrayOutputStream());
        DestinationHandle made =
                Configured.handle(new PostgresFactory(), settings.merging(List.of("id"), cursor), DATABASE.keys(all));
        return ((DestinationHandle.Transactional) made).destination();
    }

    @Override
    protected List<String> read(String query) throws SQLException {
        try (Connection connection = DATABASE.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(Optional.ofNullable(rows.getString(i)).orElse("-"));
                }
                lines.add(String.join("|", values).replaceAll("\\bt$", "true").replaceAll("\\bf$", "false"));
            }
            return lines;
        }
    }

    @Override
    protected void run(String... statements) {
        for (String statement : statements) {
            DATABASE.run(statement);
        }
    }

    @Override
    protected String table() {
        return schema + ".orders";
    }

    @Override
    protected Optional<String> comment(String column) {
        return DATABASE
                .list("SELECT col_description(attrelid, attnum) FROM pg_attribute WHERE attrelid = '" + table()
                        + "'::regclass AND attname = '" + column
                        + "' AND col_description(attrelid, attnum) IS NOT NULL")
                .stream()
                .findFirst();
    }

    @Override
    protected void assertLookedUpBy(List<String> columns, String rows) {
        assertThat(DATABASE.list("SELECT indexdef FROM pg_indexes WHERE schemaname = '" + schema
                        + "' AND tablename = 'orders' AND indexname LIKE '\\_wisent\\_cluster\\_%'"))
                .singleElement()
                .asString()
                .endsWith("USING btree (" + String.join(", ", columns) + ")");
    }

    private String indexes() {
        return DATABASE.ask("SELECT string_agg(indexdef, ';') FROM pg_indexes WHERE schemaname = '" + schema
                + "' AND tablename = 'orders'");
    }

    @Test
    void a_table_made_for_rows_that_are_merged_has_an_index_by_their_key() throws Exception {
        start(Map.of());
        merge(put("id", 1, "name", "a"));

        assertThat(indexes()).contains("_wisent_key_").endsWith("USING btree (id)");
    }

    @Test
    void a_refresh_takes_over_the_index_and_swaps_the_tables_all_the_same() throws Exception {
        start(Map.of());
        merge(put("id", 1, "name", "a"));
        String before = DATABASE.ask("SELECT '" + table() + "'::regclass::oid");

        refresh(ORDERS, put("id", 2, "name", "b"));

        String after = DATABASE.ask("SELECT '" + table() + "'::regclass::oid");
        assertThat(after).isNotEqualTo(before);
        assertThat(indexes()).contains("_wisent_key_" + after).endsWith("USING btree (id)");
        merge(put("id", 2, "name", "c"));
        assertThat(rows("id, name")).containsExactly("2|c");
    }

    @Test
    void rows_of_several_schemas_are_merged_by_one_commit() throws Exception {
        start(Map.of());
        Schema narrow = Schema.of(Field.nullable("id", DataType.INT32), Field.nullable("name", DataType.STRING));
        merge(put("id", 1, "name", "a", "amount", 10), put("id", 2, "name", "b", "amount", 20));

        mergeOfSeveral(
                List.of(narrow, ORDERS, narrow),
                List.of(put("id", 1, "name", "x"), put("id", 2, "amount", 7), put("id", 2, "name", "z")));

        assertThat(rows("id, name, amount")).containsExactly("1|x|10", "2|z|7");
    }

    @Test
    void a_table_that_somebody_made_is_merged_into() throws Exception {
        run("CREATE SCHEMA " + schema, "CREATE TABLE " + table() + " (id int, name varchar(20), own text)");
        run("INSERT INTO " + table() + " VALUES (1, 'a', 'mine'), (2, 'b', 'mine')");
        start(Map.of());
        Schema rows = Schema.of(Field.nullable("id", DataType.INT32), Field.nullable("name", DataType.STRING));
        merge(rows, put("id", 2, "name", "c"), put("id", 3, "name", "d"));

        assertThat(rows("id, name, own")).containsExactly("1|a|mine", "2|c|mine", "3|d|-");
    }
}
