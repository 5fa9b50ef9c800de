package dev.wisent.connectors.duckdb.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.duckdb.Db;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that come as they are asked for, and statements that fail.
@Execution(ExecutionMode.CONCURRENT)
class ReadingTest {
    private static final int ROWS = 300_000;

    @TempDir
    Path folder;

    private ChildCommand reading(String source) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: shop
                source: {name: duckdb, database: %s/shop.db, %s}
                destination: {name: file, config: {path: %s/out.ndjson}}
                engine: {retry: {budget: 5}}
                """.formatted(folder, source, folder));
        return ChildCommand.run(folder, "p.yml");
    }

    private void fill(String row) throws SQLException {
        new Db(folder.resolve("shop.db")).run("CREATE TABLE t AS SELECT " + row + " FROM range(" + ROWS + ") r(i)");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, ROWS - 1})
    void what_is_wrong_with_a_row_is_told_of_the_first_one_as_of_the_last(int wrong) throws Exception {
        fill("i, CASE WHEN i = " + wrong + " THEN 'x' ELSE '1' END AS note");

        ChildResult run = reading("stream: q, query: \"SELECT CAST(note AS INTEGER) AS n FROM t\"")
                .here()
                .exits(1);

        assertThat(run.errorCode()).isEqualTo("W3002");
        assertThat(run.out()).contains("Could not convert string 'x' to INT32");
    }

    @Test
    void a_statement_that_needs_more_memory_than_there_may_be_fails_and_says_which_key_to_raise() throws Exception {
        fill("hash(i) AS k, md5(i::VARCHAR) AS note");

        ChildResult run =
                reading("stream: t, primary_key: [k], memory_mb: 2").here().exits(1);

        assertThat(run.errorCode()).isEqualTo("W5010");
        assertThat(run.out()).contains("Out of Memory Error", "raise 'memory_mb'");
    }

    /// As beside a file on a disk that is read-only.
    @Test
    void where_nothing_can_be_put_beside_the_file_memory_is_taken_instead() throws Exception {
        fill("hash(i) AS k, repeat(md5(i::VARCHAR), 40) AS note");
        Files.writeString(folder.resolve("shop.db.tmp"), "in the way");

        reading("stream: t, primary_key: [k], splits: 1").here().exits(0);

        assertThat(Files.readAllLines(folder.resolve("out.ndjson")))
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"splits: 8, memory_mb: 512", "splits: 1"})
    void rows_that_do_not_fit_into_the_memory_of_the_start_are_read_in_ranges_or_with_more(String how)
            throws Exception {
        fill("hash(i) AS k, repeat(md5(i::VARCHAR), 40) AS note");

        reading("stream: t, primary_key: [k], " + how).here().exits(0);

        assertThat(Files.readAllLines(folder.resolve("out.ndjson")))
                .hasSize(ROWS)
                .doesNotHaveDuplicates();
    }
}
