package dev.wisent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.kafka.KafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// Families as the program has them: each in a class loader of its own, opened by the launcher. The tests of their modules
/// have everything on one class path, and don't see what is missing here.
@Execution(ExecutionMode.CONCURRENT)
class FamiliesTest {
    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final int ROWS = 1000;

    private static final Unpacked wisent = Unpacked.shared();
    private static Path work = Path.of("");
    private static EmbeddedPostgres postgres;
    private static KafkaBroker broker;
    private static Kept kept;

    private final Shell shell = new Shell(work).with("WISENT_CACHE", wisent.cache());

    @BeforeAll
    static void start() throws IOException {
        work = Shell.temporary();
        postgres = EmbeddedPostgres.start();
        broker = KafkaBroker.start();
        kept = Kept.start(wisent, work, Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        kept.close();
        broker.close();
        postgres.close();
        Shell.delete(work);
    }

    @Test
    void rows_go_from_family_to_family_with_state_in_postgresql_and_are_what_they_were() throws IOException {
        String server = "host: localhost, port: " + postgres.getPort() + ", database: postgres, username: postgres";
        String kafka = "bootstrap_servers: \"" + broker.servers() + "\"";
        run(
                "plain",
                "{name: generator, stream: orders, rows: " + ROWS + ", seed: 7}",
                "{name: file, config: {path: plain/}}");

        run("one", "{name: generator, stream: orders, rows: " + ROWS + ", seed: 7}", """
                {name: duckdb, config: {database: one.duckdb, destination_id: orders}}
                transforms:
                  - {label: some, sql: "SELECT id, upper(status) AS status, note FROM batch WHERE id % 10 <> 0"}
                  - {label: less, jq: "select(.id != 7)"}""");
        run(
                "two",
                "{name: duckdb, stream: orders, database: one.duckdb}",
                "{name: sqlite, config: {database: two.db, destination_id: orders}}");
        run(
                "three",
                "{name: sqlite, stream: orders, database: two.db}",
                "{name: postgres, config: {" + server + ", destination_id: orders}}");
        run(
                "four",
                "{name: postgres, stream: public.orders, " + server + "}",
                "{name: kafka, config: {" + kafka + ", destination_id: orders}}");
        run(
                "five",
                "{name: kafka, stream: topic, topics: [{name: orders}], read_as: columns, " + kafka + "}",
                "{name: delta, config: {path: five/}}");
        run(
                "six",
                "{name: files, stream: orders, path: \"five/*.parquet\", format: parquet}",
                "{name: file, config: {path: six/}}");

        List<String> expected = new ArrayList<>();
        for (JsonNode row : rows("plain")) {
            int id = row.path("id").asInt();
            if (id % 10 != 0 && id != 7) {
                String status = row.path("status").asString().toUpperCase(Locale.ROOT);
                expected.add(id + " " + status + " " + row.path("note").asString());
            }
        }
        List<String> arrived = rows("six").stream()
                .map(row -> row.path("id").asInt() + " " + row.path("status").asString() + " "
                        + row.path("note").asString())
                .toList();
        assertThat(expected).hasSizeBetween(ROWS / 2, ROWS - 1);
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(expected);

        shell.run(wisent.home() + "/bin/wisent run one.yml");
        String state = shell.run(wisent.home() + "/bin/wisent runs one.yml --json");
        assertThat(JSON.readTree(state).path("runs")).hasSize(2);
        assertThat(JSON.readTree(state).path("runs").get(0).path("status").asString())
                .isEqualTo("succeeded");
    }

    /// Their clients are made by their own loaders, and find nobody: that is told, and no class is missing.
    @Test
    void families_whose_servers_are_away_say_so() throws IOException {
        String generator = "{name: generator, stream: orders, rows: 10}";
        String logger = "{name: logger}";
        String store = "{name: file, config: {path: \"%s\", storage_options: {%s, retry_budget: 1}}}";

        assertThat(refused(
                        3,
                        "{name: mysql, stream: orders, host: 127.0.0.1, port: 1, database: shop, username: app}",
                        logger,
                        ""))
                .contains("error[W3001]");
        assertThat(refused(3, "{name: jdbc, stream: ORDERS, url: \"jdbc:nothing:shop\"}", logger, ""))
                .contains("no JDBC driver takes this url");
        assertThat(refused(
                        3,
                        generator,
                        store.formatted(
                                "s3://box/out/",
                                "aws_endpoint: \"http://127.0.0.1:1\", aws_allow_http: \"true\", aws_region: here, aws_access_key_id: a, aws_secret_access_key: b"),
                        ""))
                .contains("error[W7001]", "Connection refused");
        assertThat(refused(
                        3,
                        generator,
                        store.formatted(
                                "abfss://box@account.dfs.core.windows.net/out/",
                                "azure_endpoint: \"http://127.0.0.1:1/account\", azure_allow_http: \"true\", azure_storage_account_key: a2V5"),
                        ""))
                .contains("error[W7001]", "ConnectException");
        // Where somebody is logged in at Google's, the connection fails; elsewhere there is nobody to be.
        assertThat(refused(
                        3,
                        generator,
                        store.formatted(
                                "gs://box/out/",
                                "google_endpoint: \"http://127.0.0.1:1\", google_allow_http: \"true\""),
                        ""))
                .containsPattern("error\\[W700[12]]");
        assertThat(
                        refused(
                                3,
                                generator,
                                "{name: file, config: {path: out/}}",
                                "engine: {queue: {type: rabbitmq, config: {queue: {host: 127.0.0.1, port: 1, queue_name: q, username: u, password: p}}}}"))
                .contains("error[W8001]", "Connection refused");
        assertThat(refused(
                        2,
                        generator,
                        "{name: logger, config: {dummy: \"gsm://nobody\"}}",
                        "secrets: {gsm: {endpoint: \"http://127.0.0.1:1/\", project_id: p}}"))
                .contains("error[W1002]", "destination.config.dummy");
    }

    /// What `check` says of such a pipeline, which it ends with `code` for.
    private String refused(int code, String source, String destination, String more) throws IOException {
        Files.writeString(work.resolve("away.yml"), """
                name: away
                source: %s
                destination: %s
                %s
                """.formatted(source, destination, more));
        Kept.Answer told = kept.run(work, "check", "away.yml");
        assertThat(told.exitCode()).as(told.text()).isEqualTo(code);
        return told.text();
    }

    /// In the JVM that is kept: its families are opened like those of a JVM the launcher starts.
    private void run(String name, String source, String destination) throws IOException {
        Files.writeString(work.resolve(name + ".yml"), """
                name: %s
                source: %s
                destination: %s
                engine:
                  backend: {type: postgres, host: localhost, port: %d, database: postgres, username: postgres, schema: wisent}
                """.formatted(name, source, destination, postgres.getPort()));
        Kept.Answer told = kept.run(work, "run", name + ".yml");
        assertThat(told.exitCode()).as("%s: %s", name, told.text()).isZero();
    }

    private List<JsonNode> rows(String folder) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (Stream<Path> parts = Files.list(work.resolve(folder))) {
            for (Path part : new TreeSet<>(parts.filter(Files::isRegularFile).toList())) {
                Files.readAllLines(part).forEach(line -> rows.add(JSON.readTree(line)));
            }
        }
        return rows;
    }
}
