package dev.wisent.connectors.duckdb.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Position;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.connectors.duckdb.Db;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.connector.Configured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole pipelines from tables, in JVMs of their own.
class DuckDbReadTest {
    @TempDir
    Path folder;

    private Db database() {
        return new Db(folder.resolve("shop.db"));
    }

    private List<String> read(String source) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: shop
                source: {name: duckdb, database: %s/shop.db, %s}
                destination: {name: file, config: {path: %s/out.ndjson}}
                """.formatted(folder, source, folder));
        ChildCommand.run(folder, "p.yml").here().exits(0);
        return Files.readAllLines(folder.resolve("out.ndjson"));
    }

    @Test
    void values_arrive_as_they_are() throws Exception {
        database()
                .run("CREATE TABLE t AS SELECT true AS o, CAST(-128 AS TINYINT) AS i8, 9223372036854775807 AS i64,"
                        + " CAST(18446744073709551615 AS UBIGINT) AS u64, 1.5::FLOAT AS f, 0.1::DOUBLE AS d,"
                        + " 12345678901234567890.1234567890::DECIMAL(38,10) AS n, 'Zoë' AS s, '\\x00\\xFF'::BLOB AS b,"
                        + " DATE '1969-12-31' AS day, TIME '23:59:59.999999' AS t, TIMESTAMP '2026-11-21 00:00:00.000001' AS ts,"
                        + " TIMESTAMPTZ '2026-11-21 00:00:00+02' AS tz, UUID '01234567-89ab-cdef-0123-456789abcdef' AS u,"
                        + " '{\"a\":1}'::JSON AS j, {'a': 1, 'b': ['x', NULL]} AS st, INTERVAL 3 MONTH AS iv");

        assertThat(read("stream: t"))
                .containsExactly(
                        "{\"o\":true,\"i8\":-128,\"i64\":9223372036854775807,\"u64\":18446744073709551615,\"f\":1.5,"
                                + "\"d\":0.1,\"n\":12345678901234567890.1234567890,\"s\":\"Zoë\",\"b\":\"AP8=\",\"day\":\"1969-12-31\","
                                + "\"t\":\"23:59:59.999999\",\"ts\":\"2026-11-21T00:00:00.000001\",\"tz\":\"2026-11-20T22:00:00Z\","
                                + "\"u\":\"01234567-89ab-cdef-0123-456789abcdef\",\"j\":{\"a\":1},\"st\":{\"a\":1,\"b\":[\"x\",null]},"
                                + "\"iv\":\"3 months\"}");
    }

    @Test
    void a_query_is_a_stream() throws Exception {
        database().run("CREATE TABLE t (id BIGINT, v VARCHAR(9))", "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'a')");

        assertThat(read("stream: counted, query: \"SELECT v, count(*) AS n FROM t GROUP BY v\""))
                .containsExactlyInAnyOrder("{\"v\":\"a\",\"n\":2}", "{\"v\":\"b\",\"n\":1}");
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
        database().run("CREATE TABLE t AS SELECT range AS id FROM range(4321)");

        try (Source source = Configured.source(
                new DuckDbSourceFactory(),
                "t",
                Map.of("database", folder.resolve("shop.db").toString()))) {
            assertThat(source.streams()).singleElement().satisfies(t -> {
                assertThat(t.estimatedRows()).hasValue(4321);
                assertThat(t.rights()).isEqualTo(StreamInfo.Rights.ALL);
            });
        }
    }

    @Test
    void a_file_with_many_tables_stays_open_for_those_who_read_them_until_the_source_is_closed() throws Exception {
        database()
                .run(IntStream.range(0, 100)
                        .mapToObj(i -> "CREATE TABLE t" + i + " (id INTEGER)")
                        .toArray(String[]::new));

        Source source = Configured.source(
                new DuckDbSourceFactory(),
                "t1",
                Map.of("database", folder.resolve("shop.db").toString()));
        assertThat(source.streams()).hasSize(100);
        assertThatThrownBy(() -> database().run("CREATE TABLE more (id INTEGER)"))
                .hasMessageContaining("open in another way");
        source.close();

        database().run("CREATE TABLE more (id INTEGER)");
        assertThat(read("stream: t1")).isEmpty();
    }

    @Test
    void nobody_can_change_a_table_while_it_is_read() throws Exception {
        database().run("CREATE TABLE t AS SELECT range AS id, md5(range::VARCHAR) AS v FROM range(500000)");
        Files.writeString(folder.resolve("p.yml"), """
                name: other
                source: {name: generator, stream: orders, rows: 10}
                destination: {name: duckdb, config: {database: %s/shop.db, destination_id: t}}
                """.formatted(folder));
        StreamId stream = new StreamId("t");

        try (Source source = Configured.source(
                        new DuckDbSourceFactory(),
                        "t",
                        Map.of("database", folder.resolve("shop.db").toString()));
                SplitReader reader = source.reader(new ReaderContext(stream))) {
            reader.add(split(source, stream), Position.START);
            assertThat(reader.poll(Duration.ZERO)).isInstanceOf(Fetched.Chunk.class);

            ChildResult refused = ChildCommand.run(folder, "p.yml").result().exits(3);

            assertThat(refused.out()).contains("the database is open in");
            assertThat(reader.poll(Duration.ZERO)).isInstanceOf(Fetched.Chunk.class);
        }
    }

    private static Split split(Source source, StreamId stream) {
        ReadRequest request = new ReadRequest(
                stream, SyncMode.FULL_REFRESH, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty());
        try (Planner planner = source.plan(request)) {
            return ((PlanPage.Splits) planner.next(Duration.ZERO)).splits().getFirst();
        }
    }
}
