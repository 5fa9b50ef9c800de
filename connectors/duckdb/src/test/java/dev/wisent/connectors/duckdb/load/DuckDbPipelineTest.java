package dev.wisent.connectors.duckdb.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.duckdb.Db;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole pipelines into a DuckDB file, in JVMs of their own.
class DuckDbPipelineTest {
    @TempDir
    Path folder;

    private ChildCommand pipeline(String text) throws IOException {
        Files.writeString(
                folder.resolve("p.yml"),
                text.replace("path: ", "path: " + folder + "/").replace("database: ", "database: " + folder + "/"));
        return ChildCommand.run(folder, "p.yml");
    }

    private Db db() {
        return new Db(folder.resolve("warehouse.duckdb"));
    }

    @Test
    void generated_orders_arrive_with_their_values() throws Exception {
        pipeline("""
                name: orders
                source: {name: generator, stream: orders, rows: 5000, page_size: 100}
                destination: {name: duckdb, config: {database: warehouse.duckdb, schema: raw, destination_id: orders}}
                """).here().exits(0);

        assertThat(db().lines("SELECT count(*), count(DISTINCT id), min(id), max(id) FROM raw.orders"))
                .containsExactly("5000|5000|1|5000");
        assertThat(
                        db().lines(
                                        "SELECT data_type FROM duckdb_columns() WHERE table_name = 'orders' ORDER BY column_index"))
                .containsExactly("BIGINT", "BIGINT", "VARCHAR", "DECIMAL(12,2)", "TIMESTAMP WITH TIME ZONE", "VARCHAR");
        pipeline("""
                name: lines
                source: {name: generator, stream: orders, rows: 5000, page_size: 100}
                destination: {name: file, config: {path: lines/}}
                """).here().exits(0);
        String lines = "SELECT id, customer_id, status, amount, created_at, note FROM read_json('" + folder
                + "/lines/*.ndjson', columns = {id: 'BIGINT', customer_id: 'BIGINT', status: 'VARCHAR',"
                + " amount: 'DECIMAL(12,2)', created_at: 'TIMESTAMP WITH TIME ZONE', note: 'VARCHAR'})";
        assertThat(db().value("SELECT count(*) FROM (" + lines + ")")).isEqualTo("5000");
        assertThat(db().lines("(" + lines
                        + " EXCEPT ALL SELECT * FROM raw.orders) UNION ALL (SELECT * FROM raw.orders EXCEPT ALL "
                        + lines + ")"))
                .isEmpty();
    }

    @Test
    void the_example_of_the_pages_fills_a_table_and_loads_nothing_twice() throws Exception {
        Path examples = Path.of("../../examples").toAbsolutePath().normalize();
        Files.createDirectories(folder.resolve("examples/data"));
        Files.copy(examples.resolve("data/orders.csv"), folder.resolve("examples/data/orders.csv"));
        Files.copy(examples.resolve("warehouse.yml"), folder.resolve("examples/warehouse.yml"));
        ChildCommand command = ChildCommand.run(folder, "examples/warehouse.yml");
        long written = command.result().exits(0).count("written");

        assertThat(command.result().exits(0).count("written")).isZero();

        Db warehouse = new Db(folder.resolve("out/warehouse.duckdb"));
        assertThat(written).isPositive();
        assertThat(warehouse.value("SELECT count(*) FROM raw.orders")).isEqualTo(Long.toString(written));
    }

    @Test
    void files_become_a_table_and_more_of_them_later_even_if_the_state_store_is_gone() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.ndjson"), """
                {"id":1,"name":"Zoë","price":12.50,"tags":["a","b"],"at":"2026-11-21T10:00:00Z"}
                {"id":2,"name":null,"price":0.10,"tags":[],"at":"2026-11-21T10:00:01.000001Z"}
                """);
        String text = """
                name: files
                source: {name: files, stream: events, path: in/*.ndjson, sync_mode: incremental}
                destination: {name: duckdb, config: {database: warehouse.duckdb, destination_id: events}}
                """;
        pipeline(text).here().exits(0);
        assertThat(db().lines("SELECT id, name, price, tags, \"at\" FROM events ORDER BY id"))
                .containsExactly("1|Zoë|12.5|[a, b]|2026-11-21T10:00Z", "2|-|0.1|[]|2026-11-21T10:00:01.000001Z");

        try (Stream<Path> state = Files.walk(folder.resolve(".wisent"))) {
            for (Path each : state.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        Files.writeString(folder.resolve("in/b.ndjson"), "{\"id\":3,\"more\":true}\n");
        pipeline(text).here().exits(0);

        assertThat(db().lines("SELECT id, more FROM events ORDER BY id")).containsExactly("1|-", "2|-", "3|true");
    }

    @Test
    void declared_columns_are_written_and_what_does_not_fit_is_a_reject() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.ndjson"), """
                {"id":1,"price":12.5,"tags":["a","b"],"at":"2026-11-21T10:00:00Z","other":{"x":1}}
                {"id":2,"price":"much"}
                {"price":1}
                {"id":3}
                """);
        ChildResult run = pipeline("""
                name: unnested
                source: {name: files, stream: events, path: in/*.ndjson}
                destination:
                  name: duckdb
                  config:
                    database: warehouse.duckdb
                    destination_id: events
                    unnest: true
                    record_schemas:
                      - destination_id: events
                        record_schema:
                          - {name: id, type: int64, mode: required}
                          - {name: price, type: "decimal(10,2)"}
                          - {name: tags, type: string, mode: repeated}
                          - {name: at, type: timestamp}
                """).here().exits(0);

        assertThat(run.count("written") + " " + run.count("rejected")).isEqualTo("2 2");
        assertThat(db().lines("SELECT id, price, tags, \"at\" FROM events ORDER BY id"))
                .containsExactly("1|12.50|[a, b]|2026-11-21T10:00Z", "3|-|-|-");
        assertThat(
                        db().lines(
                                        "SELECT data_type FROM duckdb_columns() WHERE table_name = 'events' ORDER BY column_index"))
                .containsExactly("BIGINT", "DECIMAL(10,2)", "VARCHAR[]", "TIMESTAMP WITH TIME ZONE");
    }

    @Test
    void records_without_columns_are_written_in_the_envelope() throws Exception {
        pipeline("""
                name: creatures
                source: {name: dummy, stream: creatures}
                destination: {name: duckdb, config: {database: warehouse.duckdb, destination_id: creatures}}
                """).here().exits(0);

        assertThat(db().lines("SELECT count(*) > 0, count(source_data->>'name') = count(*),"
                        + " count(DISTINCT wisent_id) = count(*) FROM creatures"))
                .containsExactly("true|true|true");
    }

    @Test
    void an_emptied_table_stops_the_run_with_exit_code_5_and_a_reset_writes_it_anew() throws Exception {
        String text = """
                name: orders
                source: {name: generator, stream: orders, rows: %d, page_size: 100, sync_mode: incremental}
                destination: {name: duckdb, config: {database: warehouse.duckdb, destination_id: orders}}
                """;
        pipeline(text.formatted(100)).here().exits(0);
        db().run("DELETE FROM orders");

        ChildResult stopped = pipeline(text.formatted(200)).here();

        assertThat(stopped.exit()).as(stopped.toString()).isEqualTo(5);
        assertThat(stopped.err()).contains("was emptied by somebody else").contains("wisent stream reset");
        new ChildCommand(folder, List.of("stream", "reset", "p.yml"), List.of(), OptionalLong.empty())
                .here()
                .exits(0);
        pipeline(text.formatted(200)).here().exits(0);
        assertThat(db().value("SELECT count(*) FROM orders")).isEqualTo("200");
    }

    @Test
    void a_database_that_another_process_has_open_is_exit_code_3() throws Exception {
        try (Connection held = db().connect()) {
            ChildResult refused = pipeline("""
                    name: orders
                    source: {name: generator, stream: orders, rows: 10}
                    destination: {name: duckdb, config: {database: warehouse.duckdb}}
                    """).result();

            assertThat(refused.exit()).as(refused.toString()).isEqualTo(3);
            assertThat(refused.err())
                    .contains("process " + ProcessHandle.current().pid());
            assertThat(held.isClosed()).isFalse();
        }
    }
}
