package dev.wisent.connectors.sqlite.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.sqlite.SqliteReader;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Incremental runs out of a table that is built anew between two of them, with its rows of the last cursor in another order.
class SqliteCursorKeyTest {
    @TempDir
    Path folder;

    @BeforeEach
    void describe() throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: copy
                source: {name: sqlite, stream: t, database: "%1$s/source.db", sync_mode: incremental, cursor_field: seen}
                destination: {name: sqlite, config: {database: "%1$s/target.db", destination_id: t, write_mode: append}}
                """.formatted(folder));
    }

    private void run(String... statements) throws SQLException {
        new SqliteReader(folder.resolve("source.db")).run(statements);
    }

    private ChildResult wisent() {
        return new ChildCommand(folder, List.of("run", "p.yml"), List.of(), OptionalLong.empty()).here();
    }

    private ChildResult succeeds() {
        ChildResult run = wisent();
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private List<String> ids() throws SQLException {
        return new SqliteReader(folder.resolve("target.db"))
                .rows("SELECT id FROM t ORDER BY id").stream()
                        .map(row -> row.get("id"))
                        .toList();
    }

    private void create(String type, String key) throws SQLException {
        run("CREATE TABLE t (id " + type + " NOT NULL, n INTEGER NOT NULL, seen INTEGER" + key + ")");
    }

    private void rebuild(String type, String key) throws SQLException {
        run("ALTER TABLE t RENAME TO olds");
        create(type, key);
        run("INSERT INTO t SELECT * FROM olds ORDER BY n", "DROP TABLE olds");
    }

    @Test
    void rows_of_one_cursor_are_told_apart_by_a_key_that_is_no_rowid() throws SQLException {
        create("TEXT", ", PRIMARY KEY (id)");
        run("INSERT INTO t VALUES ('a', 30, 1), ('b', 20, 2), ('c', 10, 2)");
        ChildResult first = succeeds();
        rebuild("TEXT", ", PRIMARY KEY (id)");
        run("INSERT INTO t VALUES ('d', 5, 2)");

        succeeds();

        assertThat(first.err()).doesNotContain("rowid");
        assertThat(ids()).containsExactly("a", "b", "c", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INTEGER", "TEXT"})
    void another_key_stops_the_run(String type) throws SQLException {
        create(type, ", PRIMARY KEY (id)");
        run("INSERT INTO t VALUES ('1', 30, 1), ('2', 20, 2), ('3', 10, 2)");
        succeeds();
        run("INSERT INTO t VALUES ('4', 15, 2)");
        succeeds();
        rebuild(type, ", PRIMARY KEY (n)");
        run("INSERT INTO t VALUES ('5', 1, 2)");

        ChildResult stopped = wisent();

        assertThat(stopped.exit()).isEqualTo(1);
        assertThat(stopped.err())
                .contains("W3003", "with one cursor were told apart by (`seen`, `id`) and are by (`seen`, `n`) now")
                .contains("wisent stream reset");
        assertThat(ids()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void another_key_stops_the_run_though_the_last_one_found_nothing_new() throws SQLException {
        create("TEXT", ", PRIMARY KEY (id)");
        run("INSERT INTO t VALUES ('a', 30, 1), ('b', 20, 2)");
        succeeds();
        succeeds();
        rebuild("TEXT", ", PRIMARY KEY (n)");
        run("INSERT INTO t VALUES ('c', 1, 2)");

        assertThat(wisent().err()).contains("W3003", "with one cursor were told apart by (`seen`, `id`)");
        assertThat(ids()).containsExactly("a", "b");
    }

    @Test
    void a_key_of_more_columns_goes_on_in_the_same_order() throws SQLException {
        create("TEXT", ", PRIMARY KEY (id)");
        run("INSERT INTO t VALUES ('a', 30, 1), ('b', 20, 2)");
        succeeds();
        rebuild("TEXT", ", PRIMARY KEY (id, n)");
        run("INSERT INTO t VALUES ('c', 5, 2)");

        succeeds();

        assertThat(ids()).containsExactly("a", "b", "c");
    }

    @Test
    void a_table_without_a_key_is_warned_of() throws SQLException {
        create("TEXT", "");
        run("INSERT INTO t VALUES ('a', 30, 1)");

        assertThat(succeeds().err()).contains("'t' has no key to go by", "VACUUM", "primary_key");
    }
}
