package dev.wisent.connectors.sqlite.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.source.Source;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.connectors.sqlite.SqliteReader;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.connector.Configured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole pipelines from tables, in JVMs of their own.
class SqliteReadTest {
    @TempDir
    Path folder;

    private SqliteReader database() {
        return new SqliteReader(folder.resolve("shop.db"));
    }

    private List<String> read(String source) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: shop
                source: {name: sqlite, database: %s/shop.db, %s}
                destination: {name: file, config: {path: %s/out.ndjson}}
                """.formatted(folder, source, folder));
        ChildCommand.run(folder, "p.yml").here().exits(0);
        return Files.readAllLines(folder.resolve("out.ndjson"));
    }

    @Test
    void values_arrive_as_they_are() throws Exception {
        database()
                .run(
                        "CREATE TABLE t (i INTEGER, r REAL, s TEXT, b BLOB, o BOOLEAN, n NUMERIC, d DATETIME, rowid TEXT)",
                        "INSERT INTO t VALUES (9223372036854775807, 0.1, 'Zoë', x'00ff', 1, 12.5, '2026-11-21 10:00:00', 'x')",
                        "INSERT INTO t (i, n) VALUES (-1, 12345678901234567)");

        assertThat(read("stream: t"))
                .containsExactlyInAnyOrder(
                        "{\"i\":9223372036854775807,\"r\":0.1,\"s\":\"Zoë\",\"b\":\"AP8=\",\"o\":true,\"n\":\"12.5\",\"d\":\"2026-11-21 10:00:00\",\"rowid\":\"x\"}",
                        "{\"i\":-1,\"r\":null,\"s\":null,\"b\":null,\"o\":null,\"n\":\"12345678901234567\",\"d\":null,\"rowid\":null}");
    }

    @Test
    void a_query_is_a_stream() throws Exception {
        database().run("CREATE TABLE t (id BIGINT, v VARCHAR(9))", "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'a')");

        assertThat(read("stream: counted, query: \"SELECT v, count(*) AS n FROM t GROUP BY v\""))
                .containsExactlyInAnyOrder("{\"v\":\"a\",\"n\":2}", "{\"v\":\"b\",\"n\":1}");
    }

    @Test
    void a_view_without_a_key_of_more_rows_than_a_statement_of_a_table_reads_ends() throws Exception {
        database()
                .run("CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)"
                        + " SELECT i FROM n");

        assertThat(read("stream: v")).hasSize(12_000).doesNotHaveDuplicates();
    }

    @Test
    void what_came_since_the_last_run_is_read_by_the_next() throws Exception {
        database().run("CREATE TABLE t (id BIGINT, changed BIGINT)", "INSERT INTO t VALUES (1, 10), (2, 10), (3, 20)");
        String source = "stream: t, sync_mode: incremental, cursor_field: changed, primary_key: [id]";
        assertThat(read(source)).hasSize(3);
        database().run("INSERT INTO t VALUES (4, 20), (5, 30)", "UPDATE t SET changed = 40 WHERE id = 1");

        assertThat(read(source))
                .hasSize(6)
                .contains("{\"id\":4,\"changed\":20}", "{\"id\":5,\"changed\":30}", "{\"id\":1,\"changed\":40}");
    }

    @Test
    void how_many_rows_there_are_and_that_they_may_be_read_is_known_before() throws Exception {
        database()
                .run(
                        "CREATE TABLE t (id INTEGER PRIMARY KEY)",
                        "CREATE INDEX by_id ON t (id)",
                        "INSERT INTO t VALUES (1), (2), (3)",
                        "ANALYZE");

        try (Source source = Configured.source(
                new SqliteSourceFactory(),
                "t",
                Map.of("database", folder.resolve("shop.db").toString()))) {
            assertThat(source.streams()).singleElement().satisfies(t -> {
                assertThat(t.estimatedRows()).hasValue(3);
                assertThat(t.rights()).isEqualTo(StreamInfo.Rights.ALL);
            });
        }
    }
}
