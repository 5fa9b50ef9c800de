package dev.wisent.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Source;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.connector.SourceReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcReadTest {
    @TempDir
    Path folder;

    private final H2 database = H2.inMemory("read" + UUID.randomUUID());

    @AfterEach
    void forget() throws SQLException {
        database.run("SHUTDOWN");
    }

    private List<String> read(String stream, List<String> key, Map<String, ?> more) {
        try (Source source = database.source(stream, Optional.empty(), key, more)) {
            return SourceReading.all(source, new StreamId(stream), SyncMode.FULL_REFRESH)
                    .rows();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BOOLEAN | TRUE | true",
                "TINYINT | -128 | -128",
                "SMALLINT | 32767 | 32767",
                "INT | -2147483648 | -2147483648",
                "BIGINT | 9223372036854775807 | 9223372036854775807",
                "NUMERIC(38,10) | -1234567890123456789012345678.9012345678 | -1234567890123456789012345678.9012345678",
                "NUMERIC(18,2) | 0.10 | 0.10",
                "NUMERIC(60,50) | 0.00000000000000000000000000000000000000000000000001"
                        + " | \"0.00000000000000000000000000000000000000000000000001\"",
                "REAL | 1.5 | 1.5",
                "DOUBLE PRECISION | 0.1 | 0.1",
                "VARCHAR(20) | 'Zoë, 100 %' | \"Zoë, 100 %\"",
                "CHAR(3) | 'ab' | \"ab \"",
                "CLOB | 'long' | \"long\"",
                "VARBINARY(4) | X'00ff' | \"AP8=\"",
                "BLOB | X'0a' | \"Cg==\"",
                "DATE | DATE '1969-12-31' | \"1969-12-31\"",
                "DATE | DATE '9999-12-31' | \"9999-12-31\"",
                "TIME(6) | TIME '23:59:59.999999' | \"23:59:59.999999\"",
                "TIMESTAMP(6) | TIMESTAMP '2026-11-21 10:00:00.000001' | \"2026-11-21T10:00:00.000001\"",
                "TIMESTAMP(6) WITH TIME ZONE | TIMESTAMP WITH TIME ZONE '2026-11-21 10:00:00+02:00'"
                        + " | \"2026-11-21T08:00:00Z\"",
                "UUID | '01234567-89ab-cdef-0123-456789abcdef' | \"01234567-89ab-cdef-0123-456789abcdef\"",
                "JSON | JSON '{\"a\":[1]}' | {\"a\":[1]}",
                "ENUM('a','b') | 'b' | \"b\""
            })
    void values_of_a_type_arrive_as_they_are(String type, String value, String read) throws Exception {
        database.run(
                "CREATE TABLE t (id INT PRIMARY KEY, v " + type + ")",
                "INSERT INTO t VALUES (1, " + value + "), (2, NULL)");

        assertThat(read("T", List.of(), Map.of()))
                .containsExactlyInAnyOrder("{\"ID\":1,\"V\":" + read + "}", "{\"ID\":2,\"V\":null}");
        assertThat(read("T", List.of("ID"), Map.of("query", "SELECT * FROM t")))
                .as("by a query")
                .containsExactlyInAnyOrder("{\"ID\":1,\"V\":" + read + "}", "{\"ID\":2,\"V\":null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TIMESTAMP(9) | TIMESTAMP '2026-11-21 10:00:00.000000001' | more than six digits of a second",
                "INT ARRAY | ARRAY[1, 2] | which JDBC gives no exact form of",
                "INTERVAL DAY | INTERVAL '1' DAY | which JDBC gives no exact form of",
                "TIME WITH TIME ZONE | TIME WITH TIME ZONE '10:00:00+02:00' | which JDBC gives no exact form of",
                "GEOMETRY | 'POINT (1 2.5)' | which JDBC gives no exact form of"
            })
    void what_can_not_be_read_exactly_is_told_with_its_column(String type, String value, String why) throws Exception {
        database.run("CREATE TABLE t (id INT PRIMARY KEY, v " + type + ")", "INSERT INTO t VALUES (1, " + value + ")");

        assertThatThrownBy(() -> read("T", List.of(), Map.of()))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("column 'V'")
                .hasMessageContaining(why);
    }

    @Test
    void names_are_quoted_as_the_database_wants_it() throws Exception {
        database.run(
                "CREATE SCHEMA \"my shop\"",
                "CREATE TABLE \"my shop\".\"a \"\"b\"\" c\" (\"the id\" INT PRIMARY KEY, \"x_y\" INT, \"select\" INT)",
                "INSERT INTO \"my shop\".\"a \"\"b\"\" c\" VALUES (1, 2, 3)",
                "CREATE TABLE \"my shop\".\"x_y\" (id INT PRIMARY KEY)",
                "INSERT INTO \"my shop\".\"x_y\" VALUES (1)",
                "CREATE TABLE \"my shop\".\"xay\" (other INT)");

        assertThat(read("my shop.a \"b\" c", List.of(), Map.of()))
                .containsExactly("{\"the id\":1,\"x_y\":2,\"select\":3}");
        assertThat(read("my shop.x_y", List.of(), Map.of())).containsExactly("{\"ID\":1}");
    }

    @Test
    void all_tables_and_views_are_found_with_their_keys() throws Exception {
        database.run("CREATE TABLE t (b INT, a VARCHAR(9), PRIMARY KEY (a, b))", "CREATE VIEW v AS SELECT a FROM t");

        try (Source source = database.source("T", Optional.empty(), List.of(), Map.of())) {
            assertThat(source.streams())
                    .extracting(
                            stream -> stream.id().name() + " " + stream.keys() + " " + new TreeSet<>(stream.modes()))
                    .containsExactly("PUBLIC.T [A, B] [FULL_REFRESH, INCREMENTAL]", "PUBLIC.V [] [FULL_REFRESH]");
        }
    }

    @Test
    void a_table_that_can_not_be_read_is_found_without_columns_and_hides_no_other() throws Exception {
        database.run("CREATE TABLE a (id INT PRIMARY KEY, v INT ARRAY)", "CREATE TABLE b (id INT PRIMARY KEY)");

        try (Source source = database.source("B", Optional.empty(), List.of(), Map.of())) {
            assertThat(source.streams())
                    .extracting(
                            stream -> stream.id().name() + " " + stream.schema().isPresent())
                    .containsExactly("PUBLIC.A false", "PUBLIC.B true");
        }
        assertThatThrownBy(() -> read("A", List.of(), Map.of())).hasMessageContaining("column 'V'");
    }

    @Test
    void a_table_without_a_key_is_read_by_one_statement_and_says_that_it_can_not_be_resumed() throws Exception {
        database.run("CREATE TABLE t (v INT)", "INSERT INTO t SELECT x FROM SYSTEM_RANGE(1, 12000)");

        assertThat(read("t", List.of(), Map.of())).hasSize(12_000).doesNotHaveDuplicates();
        assertThat(warnings("t")).contains("has no key");
    }

    private String warnings(String stream) {
        ReadRequest request = new ReadRequest(
                new StreamId(stream), SyncMode.FULL_REFRESH, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty());
        try (Source source = database.source(stream, Optional.empty(), List.of(), Map.of());
                Planner planner = source.plan(request)) {
            return String.join("\n", planner.warnings());
        }
    }

    @Test
    void a_key_of_several_columns_is_gone_on_behind_row_by_row() throws Exception {
        database.run(
                "CREATE TABLE t (a VARCHAR(9), b DATE, c NUMERIC(12,3), PRIMARY KEY (a, b, c))",
                "INSERT INTO t SELECT 'k' || MOD(x, 3), DATEADD(DAY, MOD(x, 100), DATE '2026-01-01'), x / 1000.0"
                        + " FROM SYSTEM_RANGE(1, 31000)");

        assertThat(read("t", List.of(), Map.of())).hasSize(31_000).doesNotHaveDuplicates();
    }

    @Test
    void rows_without_a_value_of_the_named_key_are_refused_not_lost() throws Exception {
        database.run("CREATE TABLE t (id INT, v INT)", "INSERT INTO t VALUES (1, 1), (NULL, 2)");

        assertThatThrownBy(() -> read("t", List.of("ID"), Map.of()))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("1 rows have no value in primary_key");
    }

    @Test
    void a_url_that_no_driver_takes_says_where_a_driver_belongs_and_no_secret() {
        assertThatThrownBy(() -> read("t", List.of(), Map.of("url", "jdbc:nosuch://u:secret@h/db?password=hidden")))
                .isInstanceOfSatisfying(WisentException.class, failure -> {
                    assertThat(failure.what()).isEqualTo("no JDBC driver takes this url");
                    assertThat(failure.where()).isEqualTo("nosuch://h/db");
                    assertThat(failure.hint()).contains("plugins/");
                });
        assertThatThrownBy(() -> read("t", List.of(), Map.of("driver", "org.nosuch.Driver")))
                .hasMessageContaining("there is no JDBC driver org.nosuch.Driver");
    }

    @Test
    void a_driver_in_plugins_reads_a_table_and_what_came_since_behind_the_lag() throws Exception {
        H2 shop = H2.file(folder.resolve("shop"));
        shop.run(
                "CREATE TABLE orders (id INT PRIMARY KEY, changed TIMESTAMP(6))",
                "INSERT INTO orders VALUES (1, TIMESTAMP '2026-11-21 10:00:00'), (2, TIMESTAMP '2026-11-21 10:01:00'),"
                        + " (3, TIMESTAMP '2026-11-21 10:11:00')");
        Files.writeString(folder.resolve("p.yml"), """
                name: shop
                source: {name: jdbc, url: '%s', stream: PUBLIC.ORDERS, sync_mode: incremental, cursor_field: CHANGED,
                  cursor_lag: 10m, primary_key: [ID]}
                destination: {name: file, config: {path: out.ndjson}}
                """.formatted(shop.url()));
        ChildCommand run = ChildCommand.run(folder, "p.yml");
        assertThat(run.result().exits(3).err()).contains("no JDBC driver takes this url");
        Files.createDirectories(folder.resolve("plugins"));
        Files.copy(H2.jar(), folder.resolve("plugins/h2.jar"));

        run.result().exits(0);
        assertThat(ids()).containsExactly("1", "2");
        shop.run(
                "INSERT INTO orders VALUES (4, TIMESTAMP '2026-11-21 10:02:00'), (5, TIMESTAMP '2026-11-21 10:22:00')");
        assertThat(run.result().exits(0).out())
                .contains(
                        "rows that are committed after rows more than cursor_lag ahead of them in 'CHANGED' were read are lost");
        assertThat(ids()).containsExactly("1", "2", "4", "3");
    }

    private List<String> ids() throws IOException {
        return Files.readAllLines(folder.resolve("out.ndjson")).stream()
                .map(line -> line.replaceAll("\\{\"ID\":(\\d+).*", "$1"))
                .toList();
    }

    @Test
    void an_incremental_read_without_a_lag_is_refused_by_name() throws Exception {
        Files.writeString(folder.resolve("p.yml"), """
                name: shop
                source: {name: jdbc, url: 'jdbc:h2:mem:x', stream: ORDERS, sync_mode: incremental, cursor_field: CHANGED}
                destination: {name: file, config: {path: out.ndjson}}
                """);

        assertThat(ChildCommand.run(folder, "p.yml").result().exits(2).err()).contains("needs 'cursor_lag'");
    }
}
