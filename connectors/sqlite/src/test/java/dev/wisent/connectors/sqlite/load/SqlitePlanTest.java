package dev.wisent.connectors.sqlite.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.sqlite.SqliteReader;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlitePlanTest {
    @TempDir
    Path folder;

    private ChildResult plan(String... more) {
        return new ChildCommand(folder, List.of("plan", "p.yml"), List.of(), OptionalLong.empty())
                .with(more)
                .result();
    }

    @Test
    void plan_tells_the_statements_that_a_run_would_execute_and_executes_none() throws Exception {
        Files.writeString(folder.resolve("p.yml"), """
                name: orders
                source: {name: generator, stream: orders, rows: 10, primary_key: [id]}
                destination: {name: sqlite, config: {database: shop.db, destination_id: orders}}
                transforms: [{label: less, drop: [note]}]
                """);

        assertThat(plan().exits(0).out())
                .contains(
                        "table      orders: 1 statement\n",
                        "  CREATE TABLE \"main\".\"orders\" (",
                        "\"id\" INTEGER, \"customer_id\" INTEGER, \"status\" TEXT, \"amount\" TEXT, \"created_at\" TEXT)\n");
        assertThat(folder.resolve("shop.db")).doesNotExist();
        SqliteReader shop = new SqliteReader(folder.resolve("shop.db"));
        shop.run("CREATE TABLE other (id INTEGER)");
        assertThat(plan("--json").exits(0).out())
                .contains("\"tables\":[{\"target\":\"orders\",\"statements\":[\"CREATE TABLE");
        assertThat(shop.rows("SELECT name FROM sqlite_schema")).hasSize(1);
    }
}
