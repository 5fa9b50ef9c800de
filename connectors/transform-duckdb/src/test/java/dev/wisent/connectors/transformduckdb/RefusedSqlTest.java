package dev.wisent.connectors.transformduckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.Schema;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused before any row, and what is told about it.
class RefusedSqlTest {
    private static final Schema SCHEMA = Rows.schema(
            "id int64", "name string", "made timestamp", "tags list<string>", "j json", "s struct<a:int64,b:int64>");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT id FROM batch ORDER BY id                    | ORDER BY, which looks at more than one row
            SELECT id FROM batch LIMIT 1                        | LIMIT or OFFSET, which looks at more than one row
            SELECT id FROM batch LIMIT 10%                      | LIMIT
            SELECT id FROM batch OFFSET 1                       | LIMIT or OFFSET
            SELECT DISTINCT id FROM batch                       | DISTINCT, which looks at more than one row
            SELECT DISTINCT ON (id) id FROM batch               | DISTINCT, which looks at more than one row
            SELECT id FROM batch GROUP BY id                    | GROUP BY, which looks at more than one row
            SELECT id FROM batch GROUP BY ALL                   | GROUP BY, which looks at more than one row
            SELECT id FROM batch HAVING id > 1                  | HAVING
            SELECT id FROM batch QUALIFY id > 1                 | QUALIFY
            SELECT id FROM batch USING SAMPLE 10                | a sample
            SELECT id FROM batch TABLESAMPLE 10%                | batch with a sample or new names
            SELECT count(*) FROM batch                          | the aggregate count_star(), which looks at more than one row
            SELECT sum(id) FROM batch                           | the aggregate sum(), which looks at more than one row
            SELECT list(id) FROM batch                          | the aggregate list(), which looks at more than one row
            SELECT string_agg(name, ',') FROM batch             | the aggregate string_agg(), which looks at more than one row
            SELECT row_number() OVER () FROM batch              | the window function row_number()
            SELECT lag(id) OVER () FROM batch                   | the window function lag()
            SELECT sum(id) OVER () FROM batch                   | the window function sum()
            SELECT (SELECT 1) AS x FROM batch                   | a subquery
            SELECT id FROM batch WHERE id IN (SELECT 1)         | a subquery
            SELECT id FROM batch WHERE EXISTS (FROM batch)      | a subquery
            SELECT id FROM (SELECT 1 AS id) AS batch            | a subquery
            SELECT a.id FROM batch a, batch b                   | a second table
            SELECT a.id FROM batch a JOIN batch b USING (id)    | a join
            SELECT a.id FROM batch a LEFT JOIN unnest(a.tags) AS t(x) ON true | a join
            SELECT id FROM people                               | the table 'people'
            SELECT id FROM main.batch                           | the table 'batch'
            SELECT id FROM 'file.csv'                           | the table 'file.csv'
            SELECT * FROM read_csv('file.csv')                  | a table function
            SELECT * FROM batch, range(3) AS r(x)               | the table function range()
            SELECT * FROM batch, unnest(tags)                   | unnest without a name for its column
            SELECT * FROM batch, unnest(tags) WITH ORDINALITY AS t(x, n) | unnest without a name for its column
            SELECT 1 AS x                                       | no table
            VALUES (1)                                          | a expression list
            WITH x AS (SELECT 1) SELECT id FROM batch           | WITH
            SELECT COLUMNS('n.*') FROM batch                    | COLUMNS(…)
            SELECT COLUMNS(*) + 1 FROM batch                    | COLUMNS(…)
            SELECT #1 FROM batch                                | a column by its number
            SELECT id + ? AS x FROM batch                       | a parameter
            SELECT id + $p AS x FROM batch                      | a parameter
            SELECT b.x FROM batch AS b(x)                       | batch with a sample or new names
            SELECT now() AS t FROM batch                        | the function now(), which may give another result
            SELECT today() AS t FROM batch                      | the function today(), which may give another result
            SELECT current_date AS t FROM batch                 | current_date, which may give another result
            SELECT current_timestamp AS t FROM batch            | current_timestamp, which may give another result
            SELECT current_time AS t FROM batch                 | current_time, which may give another result
            SELECT localtime AS t FROM batch                    | localtime, which may give another result
            SELECT localtimestamp AS t FROM batch               | localtimestamp, which may give another result
            SELECT current_localtimestamp() AS t FROM batch     | the function current_localtimestamp()
            SELECT get_current_timestamp() AS t FROM batch      | the function get_current_timestamp()
            SELECT age(made) AS t FROM batch                      | the function age()
            SELECT ago(INTERVAL 1 DAY) AS t FROM batch          | the function ago()
            SELECT user AS u FROM batch                         | user, which may give another result
            SELECT current_user AS u FROM batch                 | current_user, which may give another result
            SELECT session_user AS u FROM batch                 | session_user, which may give another result
            SELECT current_database() AS d FROM batch           | the function current_database()
            SELECT current_setting('TimeZone') AS d FROM batch  | the function current_setting()
            SELECT getvariable('x') AS d FROM batch             | the function getvariable()
            SELECT version() AS v FROM batch                    | the function version()
            SELECT random() AS r FROM batch                     | the function random()
            SELECT list_transform(tags, lambda t: random()) AS r FROM batch | the function random()
            SELECT id FROM batch WHERE random() > 0.5           | the function random()
            SELECT * REPLACE (random() AS id) FROM batch        | the function random()
            SELECT x FROM batch, unnest([random()]) AS t(x)     | the function random()
            SELECT uuid() AS u FROM batch                       | the function uuid()
            SELECT gen_random_uuid() AS u FROM batch            | the function gen_random_uuid()
            SELECT nextval('s') AS n FROM batch                 | the function nextval()
            SELECT txid_current() AS n FROM batch               | the function txid_current()
            SELECT pg_sleep(1) AS n FROM batch                  | the function pg_sleep()
            """)
    void what_would_differ_in_a_replay_is_refused_by_name(String sql, String named) {
        assertThatThrownBy(() -> new Sql(sql).check(Optional.of(SCHEMA)))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("the SQL uses " + named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT id FROM batch UNION ALL SELECT id FROM batch | UNION, INTERSECT or EXCEPT
            SELECT id FROM batch; SELECT id FROM batch          | must be one statement, and holds 2
            DELETE FROM batch                                   | the SQL is no SELECT
            CREATE TABLE x (a INT)                              | the SQL is no SELECT
            ATTACH 'x.db'                                       | the SQL is no SELECT
            SET memory_limit = '1TB'                            | the SQL is no SELECT
            SELECT id FROM batch, unnest([1, 2]) AS t(id)       | there is a column 'id' already
            SELECT id, name AS id FROM batch                    | two columns of one name
            SELECT unnest(s) FROM batch                         | an item of the SELECT gives several columns
            SELECT "row of the batch" FROM batch                | there is no column 'row of the batch'
            SELECT rowid FROM batch                             | rowid
            SELECT NULL AS x FROM batch                         | no type of column for 'x', which is NULL
            SELECT INTERVAL 1 DAY AS x FROM batch               | no type of column for 'x', which is INTERVAL
            SELECT made::TIMESTAMP_NS AS x FROM batch             | no type of column for 'x', which is TIMESTAMP_NS
            SELECT union_value(a := 1) AS x FROM batch          | no type of column for 'x', which is UNION
            SELECT [1, 2]::INTEGER[2] AS x FROM batch           | no type of column for 'x', which is INTEGER[2]
            SELECT id::UHUGEINT AS x FROM batch                 | no type of column for 'x', which is UHUGEINT
            """)
    void what_cannot_be_done_is_refused_by_name(String sql, String told) {
        assertThatThrownBy(() -> new Sql(sql).check(Optional.of(SCHEMA)))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining(told);
    }

    @Test
    void what_cannot_be_read_or_is_not_there_is_told_with_its_place() {
        WisentException typo = refused("SELECT id\nFRO batch");
        WisentException column = refused("SELECT id,\n  upper(nme) AS n\nFROM batch");
        WisentException function = refused("SELECT uper(name) AS n FROM batch");

        assertThat(typo.where()).isEqualTo("in the SQL: line 2, column 5");
        assertThat(typo.what()).contains("syntax error at or near \"batch\"");
        assertThat(column.where()).isEqualTo("in the SQL: line 2, column 9");
        assertThat(column.what()).contains("nme").contains("name");
        assertThat(column.hint()).contains("id, name, made, tags, j, s");
        assertThat(function.what()).contains("uper");
        assertThat(function.where()).isEqualTo("in the SQL: line 1, column 8");
        assertThat(refused("SELECT 'ä', sum(id) FROM batch").where()).isEqualTo("in the SQL: line 1, column 13");
        assertThat(column.code()).isEqualTo(ErrorCode.TRANSFORM_INVALID);
    }

    @Test
    void a_column_that_has_the_name_of_a_clock_is_a_column() {
        Schema schema = Rows.schema("user string", "current_date date");

        assertThat(Rows.through(
                                "SELECT upper(user) AS u, current_date + 1 AS d FROM batch",
                                Rows.of(schema, "{\"user\":\"a\",\"current_date\":\"2026-01-01\"}"))
                        .lines())
                .containsExactly("{\"u\":\"A\",\"d\":\"2026-01-02\"}");
    }

    @Test
    void names_that_differ_in_case_only_are_refused() {
        assertThatThrownBy(() -> new Sql("SELECT a FROM batch").check(Optional.of(Rows.schema("a int64", "A int64"))))
                .hasMessageContaining("can't tell the columns 'a' and 'A' apart");
    }

    @Test
    void a_column_duckdb_has_no_type_for_passes_and_is_refused_elsewhere() {
        Schema schema = Rows.schema("id int64", "none struct<>", "cases struct<a:int64,A:int64>");

        assertThat(new Sql("SELECT *, id + 1 AS n FROM batch")
                        .check(Optional.of(schema))
                        .orElseThrow()
                        .size())
                .isEqualTo(4);
        assertThatThrownBy(() -> new Sql("SELECT none IS NULL AS n FROM batch").check(Optional.of(schema)))
                .hasMessageContaining("no type for column 'none', struct<>");
        assertThatThrownBy(() -> new Sql("SELECT id FROM batch WHERE cases.a > 1").check(Optional.of(schema)))
                .hasMessageContaining("no type for column 'cases'");
    }

    /// A secret that was put into the statement stands in one of its texts.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT CAST('hunter2-secret' AS INTEGER) AS x FROM batch",
                "SELECT id FROM batch WHERE strptime('hunter2-secret', '%Y') IS NULL",
                "SELECT error('hunter2-secret') AS x FROM batch"
            })
    void a_text_of_the_statement_stands_in_no_message(String sql) {
        assertThatThrownBy(() -> {
                    Rows.Result result = Rows.through(sql, Rows.of(SCHEMA, "{\"id\":1}"));
                    assertThat(result.refused()).isNotEmpty();
                    throw WisentException.of(
                            ErrorCode.TRANSFORM_FAILED,
                            result.refused().getFirst().message());
                })
                .isInstanceOfSatisfying(
                        WisentException.class,
                        e -> assertThat(e.what() + e.where() + e.tried() + e.hint())
                                .doesNotContain("hunter2"));
        assertThat(new Sql(sql).fingerprint()).doesNotContain("hunter2");
    }

    private static WisentException refused(String sql) {
        return catchThrowableOfType(WisentException.class, () -> new Sql(sql).check(Optional.of(SCHEMA)));
    }
}
