package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each run tells how long it kept a transaction open in the database it read.
class LongestTransactionTest {
    private static final String KEY = "longest_transaction_ms";
    private static final String TOLD = "its longest transaction was open for 1.";

    @TempDir
    Path folder;

    private ChildResult run(String source, String runner, String... more) throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: pipeline
                source: {%s, sync_mode: full_refresh}
                destination: {name: file, config: {path: "%s/", format: ndjson}}
                engine: {runner: {type: %s}}
                """.formatted(source, folder.resolve("out"), runner));
        ChildCommand command = more.length == 0
                ? new ChildCommand(folder, List.of("run", "pipeline.yml"), List.of(), OptionalLong.empty())
                : ChildCommand.run(folder, "pipeline.yml");
        try (ChildRun run = command.start()) {
            return run.await().exits(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "process"})
    void a_query_of_postgresql_that_takes_a_second_is_told(String runner) throws IOException {
        String source = "name: postgres, host: localhost, port: %d, database: %s, username: postgres, stream: slow,"
                        .formatted(
                                PostgresServer.shared().port(),
                                PostgresServer.shared().database().name())
                + " query: \"SELECT id, pg_sleep(0.4)::text AS waited FROM generate_series(1, 3) id\"";

        ChildResult told = run(source, runner, "--json");
        assertThat(told.count(KEY)).as(told.toString()).isBetween(1_200L, 20_000L);
        assertThat(run(source, runner).err()).contains(TOLD);
    }

    @Test
    void a_query_of_mysql_that_takes_a_second_is_told() throws IOException {
        MariaDbServer.Database mysql = MariaDbServer.shared().database();
        String user = mysql.server().user("pasture");
        mysql.run("GRANT ALL ON " + mysql.name() + ".* TO " + user);
        String source = "name: mysql, host: 127.0.0.1, port: %d, database: %s, username: %s, password: pasture,"
                        .formatted(mysql.server().port(), mysql.name(), user)
                + " stream: slow, query: \"SELECT seq AS id, SLEEP(0.4) AS waited FROM seq_1_to_3\"";

        assertThat(run(source, "thread").err()).contains(TOLD);
        assertThat(run(source, "thread", "--json").count(KEY)).isBetween(1_200L, 20_000L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sqlite | WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 500000) SELECT max(x) AS id FROM c",
                "duckdb | SELECT sum(a.range * b.range) AS id FROM range(30000) a, range(3000) b"
            })
    void one_of_a_file_is_told(String kind, String query) throws Exception {
        DriverManager.getConnection("jdbc:" + kind + ":" + folder.resolve("shop.db"))
                .close();
        String source = "name: " + kind + ", database: \"" + folder.resolve("shop.db") + "\", stream: slow, query: \""
                + query + "\"";

        assertThat(run(source, "thread", "--json").count(KEY)).isBetween(10L, 20_000L);
    }

    @Tag("sweep")
    @Test
    void a_long_one_is_warned_of_whatever_the_source() throws Exception {
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.db")).close();
        String source = "name: sqlite, database: \"" + folder.resolve("shop.db")
                + "\", stream: slow, query: \"WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c"
                + " WHERE x < 160000000) SELECT max(x) AS id FROM c\"";

        assertThat(run(source, "thread").err())
                .contains("its longest transaction was open for", "warning: the longest transaction was open for");
    }
}
