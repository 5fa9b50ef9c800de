package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `wisent check` says of rows that are committed late, where the database can't know which are still to come.
class LateRowsCheckTest {
    private static final String ASKS = "give cursor_lag and lag_rows";

    @TempDir
    Path folder;

    private ChildResult check(String source, String... more) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: late
                source: {stream: own, sync_mode: incremental, %s}
                destination: {name: duckdb, config: {database: out.db}}
                """.formatted(source));
        List<String> arguments = new ArrayList<>(List.of("check", "p.yml"));
        arguments.addAll(List.of(more));
        return new ChildCommand(folder, arguments, List.of(), OptionalLong.empty())
                .here()
                .exits(0);
    }

    private static String keys(Map<String, ?> keys) {
        return keys.entrySet().stream()
                .map(key -> key.getKey() + ": '" + key.getValue().toString().replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
    }

    /// @param source with a cursor that its writers give it
    private void says(String source, String why) throws IOException {
        assertThat(check(source).out())
                .containsPattern("late rows +warning +" + why)
                .contains(ASKS);
        assertThat(check(source, "--json").out())
                .containsPattern("\"warnings\":\\[\"" + why + "[^\"]*" + ASKS)
                .contains("\"ok\":true,\"checks\"");
        assertThat(check(source + ", primary_key: [id]").out())
                .as("what is merged can be read again")
                .containsPattern("late rows +ok +" + why + "[^\n]*the merge by id")
                .doesNotContain(ASKS);
        assertThat(check(source + ", cursor_lag: 10m, lag_rows: 1000").out())
                .as("it was said how late they come")
                .doesNotContain("late rows");
    }

    @Test
    void of_a_cursor_that_writers_bring_to_postgres() throws IOException {
        PostgresServer.Database database = PostgresServer.shared().database();
        database.run("CREATE TABLE own (id int PRIMARY KEY, at timestamptz, stamped timestamptz DEFAULT now())");
        String source = "name: postgres, " + keys(database.keys(Map.of())) + ", cursor_field: ";

        says(source + "at", "no default and no trigger gives 'at' its value");
        assertThat(check(source + "stamped").out()).doesNotContain("late rows");
    }

    @Test
    void of_a_cursor_that_writers_bring_to_mysql() throws IOException {
        MariaDbServer.Database database = MariaDbServer.shared().database();
        database.run("CREATE TABLE own (id int PRIMARY KEY, at timestamp(6) NULL DEFAULT NULL,"
                + " stamped timestamp(6) DEFAULT CURRENT_TIMESTAMP(6))");
        String source = "name: mysql, " + keys(database.keys(Map.of())) + ", cursor_field: ";

        says(source + "at", "no default gives 'at' its value");
        assertThat(check(source + "stamped").out()).doesNotContain("late rows");
    }
}
