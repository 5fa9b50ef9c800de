package dev.wisent.connectors.sqlite.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.sqlite.SqliteReader;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole pipelines into a SQLite file, in JVMs of their own.
class SqlitePipelineTest {
    @TempDir
    Path folder;

    private ChildCommand pipeline(String text) throws IOException {
        Files.writeString(
                folder.resolve("p.yml"),
                text.replace("path: ", "path: " + folder + "/").replace("database: ", "database: " + folder + "/"));
        return ChildCommand.run(folder, "p.yml");
    }

    private SqliteReader db() {
        return new SqliteReader(folder.resolve("shop.db"));
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
                  name: sqlite
                  config:
                    database: shop.db
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
                .containsExactly("1|12.50|[\"a\",\"b\"]|2026-11-21T10:00:00.000000Z", "3|-|-|-");
    }

    @Test
    void records_without_columns_are_written_in_the_envelope() throws Exception {
        pipeline("""
                name: creatures
                source: {name: dummy, stream: creatures}
                destination: {name: sqlite, config: {database: shop.db, destination_id: creatures}}
                """).here().exits(0);

        assertThat(db().lines("SELECT count(*) > 0, count(json_extract(source_data, '$.name')) = count(*),"
                        + " count(DISTINCT wisent_id) = count(*) FROM creatures"))
                .containsExactly("1|1|1");
    }

    @Test
    void tables_of_lists_are_validated_by_their_elements() throws Exception {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.ndjson"), """
                {"id":1,"items":[{"sku":"a","tags":["x","y"]},{"sku":"b","tags":[]}]}
                {"id":2,"items":null}
                """);
        pipeline("""
                name: baskets
                source: {name: files, stream: orders, path: in/*.ndjson}
                destination: {name: sqlite, config: {database: shop.db, destination_id: orders, child_tables: 2}}
                """).here().exits(0);
        ChildCommand validate = new ChildCommand(folder, List.of("validate", "p.yml"), List.of(), OptionalLong.empty());

        validate.here().exits(0);
        db().run("UPDATE orders__items__tags SET value = 'z' WHERE value = 'y'");
        assertThat(validate.here().exits(1).err()).contains("orders__items__tags (value)");
    }

    private static final String ORDERS = """
            name: orders
            source: {name: generator, stream: orders, rows: %d, page_size: 100, sync_mode: incremental}
            destination: {name: sqlite, config: {database: shop.db, destination_id: orders}}
            """;

    @Test
    void a_run_goes_on_from_the_file_alone_when_the_state_store_is_gone() throws Exception {
        pipeline(ORDERS.formatted(100)).here().exits(0);
        try (Stream<Path> state = Files.walk(folder.resolve(".wisent"))) {
            for (Path each : state.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }

        ChildResult second = pipeline(ORDERS.formatted(250)).here().exits(0);

        assertThat(second.count("written")).isEqualTo(150);
        assertThat(db().lines("SELECT count(*), count(DISTINCT id) FROM orders"))
                .containsExactly("250|250");
    }

    @Test
    void an_emptied_table_stops_the_run_with_exit_code_5_and_a_reset_writes_it_anew() throws Exception {
        pipeline(ORDERS.formatted(100)).here().exits(0);
        db().run("DELETE FROM orders");

        ChildResult stopped = pipeline(ORDERS.formatted(200)).here();

        assertThat(stopped.exit()).as(stopped.toString()).isEqualTo(5);
        assertThat(stopped.err()).contains("was emptied by somebody else").contains("wisent stream reset");
        new ChildCommand(folder, List.of("stream", "reset", "p.yml"), List.of(), OptionalLong.empty())
                .here()
                .exits(0);
        pipeline(ORDERS.formatted(200)).here().exits(0);
        assertThat(db().lines("SELECT count(*) FROM orders")).containsExactly("200");
    }
}
