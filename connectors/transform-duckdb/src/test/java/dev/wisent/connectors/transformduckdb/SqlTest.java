package dev.wisent.connectors.transformduckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Transform;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.transformduckdb.Rows.Result;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTest {
    private static final Schema PEOPLE = Rows.schema("id int64", "name string", "tags list<string>");

    @Test
    void columns_are_computed_and_rows_left_out() {
        Result result = Rows.through(
                "SELECT id, upper(name) AS name FROM batch WHERE id <> 2",
                Rows.of(PEOPLE, "{\"id\":1,\"name\":\"ä\"}", "{\"id\":2,\"name\":\"b\"}", "{\"id\":3}"));

        assertThat(result.lines()).containsExactly("{\"id\":1,\"name\":\"Ä\"}", "{\"id\":3,\"name\":null}");
        assertThat(result.origins()).containsExactly(0, 2);
        assertThat(result.refused()).isEmpty();
    }

    @Test
    void a_list_is_taken_apart_in_what_is_selected_or_beside_the_batch() {
        String[] rows = {
            "{\"id\":1,\"tags\":[\"a\",\"b\"]}", "{\"id\":2,\"tags\":[]}", "{\"id\":3,\"tags\":[null]}", "{\"id\":4}"
        };
        String[] expected = {"{\"id\":1,\"tag\":\"a\"}", "{\"id\":1,\"tag\":\"b\"}", "{\"id\":3,\"tag\":null}"};

        Result selected = Rows.through("SELECT id, unnest(tags) AS tag FROM batch", Rows.of(PEOPLE, rows));
        Result beside = Rows.through("SELECT id, t.tag FROM batch, unnest(tags) AS t(tag)", Rows.of(PEOPLE, rows));
        Result star = Rows.through(
                "SELECT b.* EXCLUDE (name, tags), t.* FROM batch b, unnest(b.tags) AS t(tag)", Rows.of(PEOPLE, rows));

        assertThat(selected.lines()).containsExactly(expected);
        assertThat(beside.lines()).containsExactly(expected);
        assertThat(star.lines()).containsExactly(expected);
        assertThat(selected.origins()).containsExactly(0, 0, 2);
        assertThat(new Sql("SELECT unnest(tags) AS t FROM batch").fanout()).isEqualTo(Transform.Fanout.MANY);
        assertThat(new Sql("SELECT id FROM batch, unnest(tags) AS t(x)").fanout())
                .isEqualTo(Transform.Fanout.MANY);
        assertThat(new Sql("SELECT id FROM batch").fanout()).isEqualTo(Transform.Fanout.ONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS one FROM batch",
                "SELECT CASE WHEN true THEN 1 ELSE id END AS one, name FROM batch",
                "SELECT id, 1 AS one FROM batch",
                "SELECT upper(name) AS name, id * 2 AS id FROM batch"
            })
    void a_statement_that_leaves_nothing_out_gives_each_row_in_order(String sql) {
        int count = 5_000;
        Result result = Rows.through(
                sql,
                Rows.of(
                        PEOPLE,
                        IntStream.range(0, count)
                                .mapToObj(i -> "{\"id\":" + i + ",\"name\":\"p" + i + "\"}")
                                .toArray(String[]::new)));

        assertThat(result.lines()).hasSize(count);
        assertThat(result.refused()).isEmpty();
        for (int row : new int[] {0, 2_047, 2_048, count - 1}) {
            String line = result.lines().get(row);
            if (sql.contains("id *")) {
                assertThat(line).isEqualTo("{\"name\":\"P" + row + "\",\"id\":" + 2 * row + "}");
            } else {
                assertThat(line).contains("\"one\":1");
                assertThat(line.contains("id") || line.contains("name")).isEqualTo(sql.contains(","));
                assertThat(line).matches(".*\\b" + (sql.contains(",") ? "p?" + row : "1") + "\\b.*");
            }
        }
    }

    @Test
    void one_row_that_fails_is_refused_and_the_others_go_on() {
        Result result = Rows.through(
                "SELECT id, CAST(name AS INTEGER) AS n FROM batch",
                Rows.of(PEOPLE, "{\"id\":1,\"name\":\"1\"}", "{\"id\":2,\"name\":\"x\"}", "{\"id\":3,\"name\":\"3\"}"));

        assertThat(result.lines()).containsExactly("{\"id\":1,\"n\":1}", "{\"id\":3,\"n\":3}");
        assertThat(result.refused())
                .extracting(Applied.Refused::row, Applied.Refused::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, "Could not convert string 'x' to INT32"));
    }

    @Test
    void a_schemaless_record_is_one_column_and_what_is_selected_becomes_the_record() {
        String[] records = {"{\"id\":1,\"name\":\"bizon\"}", "{\"id\":2}", "{\"id\":3,\"n\":1.50}"};

        assertThat(Rows.through(
                                "SELECT source_data->'id' AS id, upper(source_data->>'name') AS name FROM batch WHERE source_data->>'id' <> '2'",
                                Rows.records(records))
                        .lines())
                .containsExactly("{\"id\":1,\"name\":\"BIZON\"}", "{\"id\":3,\"name\":null}");
        assertThat(Rows.through("SELECT * FROM batch WHERE source_data->>'id' <> '2'", Rows.records(records))
                        .lines())
                .containsExactly(records[0], records[2]);
        assertThat(Rows.through("SELECT source_data->'id' AS source_data FROM batch", Rows.records(records))
                        .refused())
                .hasSize(3);
    }

    @Test
    void the_columns_are_known_before_any_row() {
        Schema output = new Sql("SELECT id, name || '!' AS loud, id / 2 AS half, tags FROM batch")
                .check(Optional.of(PEOPLE))
                .orElseThrow();

        assertThat(output).isEqualTo(Rows.schema("id int64", "loud string", "half float64", "tags list<string>"));
        assertThat(new Sql("SELECT id FROM batch").check(Optional.empty())).isEmpty();
    }

    @Test
    void a_statement_that_only_names_columns_shares_them() {
        Result result = Rows.through("SELECT name, id AS number FROM batch", Rows.of(PEOPLE, "{\"id\":1}"));

        assertThat(result.lines()).containsExactly("{\"number\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, CAST(name AS INTEGER) AS n FROM batch",
                "SELECT id, CAST(name AS INTEGER) AS n, 1 / id AS x FROM batch WHERE CAST(name AS INTEGER) >= 0",
                "SELECT * REPLACE (CASE WHEN name = 'x' THEN error('x: ' || id) ELSE name END AS name) FROM batch",
            })
    void many_rows_that_fail_are_found_at_once(String sql) {
        String[] rows = IntStream.range(0, 3_000)
                .mapToObj(i -> "{\"id\":" + i + ",\"name\":\"" + (i % 3 == 0 ? "1" : "x") + "\"}")
                .toArray(String[]::new);

        Result result = Rows.through(sql, Rows.of(PEOPLE, rows));

        assertThat(result.origins())
                .hasSize(1_000)
                .allMatch(row -> row % 3 == 0)
                .isSorted();
        assertThat(result.refused()).hasSize(2_000).allMatch(refused -> refused.row() % 3 != 0);
        assertThat(result.refused().getLast().message())
                .startsWith("one of many rows of a batch that fail; another says: ");
    }
}
