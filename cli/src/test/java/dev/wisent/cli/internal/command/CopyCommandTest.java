package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.cli.internal.config.ConnectorUrl;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.connectors.core.dummy.DummyFactory;
import dev.wisent.connectors.core.file.FileFactory;
import dev.wisent.connectors.core.files.FilesFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyCommandTest {
    private static final ConfigShape SERVER = ConfigShape.of(
            Key.text("host").about("h").required(),
            Key.text("database").about("d").required(),
            Key.text("password").about("p").secret().required());
    private static final ConfigShape FILE =
            ConfigShape.of(Key.text("database").about("d").required());

    @TempDir
    Path folder;

    private Terminal terminal() {
        return new Terminal(
                folder,
                Connectors.holding(List.of(new FilesFactory(), new DummyFactory()), List.of(new FileFactory())));
    }

    @Test
    void a_file_is_copied_and_the_pipeline_that_did_it_is_printed() throws IOException {
        Files.writeString(folder.resolve("orders.csv"), "id,item\n1,pen\n2,ink\n");
        Terminal terminal = terminal();

        assertThat(terminal.run(
                        "copy", "file://" + folder + "/orders.csv", "file://" + folder + "/out.ndjson?format=ndjson"))
                .as(terminal.err())
                .isZero();

        assertThat(terminal.out()).isEqualTo("""
                # saved as copy.yml, this is what 'wisent run copy.yml' and 'wisent rejects list copy.yml' take
                name: "copy-files-file-orders"
                source:
                  name: files
                  stream: "orders"
                  sync_mode: full_refresh
                  path: "%1$s/orders.csv"
                destination:
                  name: file
                  config:
                    path: "%1$s/out.ndjson"
                    format: "ndjson"
                """.formatted(folder));
        assertThat(Files.readString(folder.resolve("out.ndjson")))
                .isEqualTo("{\"id\":1,\"item\":\"pen\"}\n{\"id\":2,\"item\":\"ink\"}\n");

        Files.writeString(folder.resolve("p.yml"), terminal.out());
        assertThat(terminal.run("validate", "p.yml")).as(terminal.err()).isZero();
        assertThat(terminal.run("run", "p.yml"))
                .as("it is a pipeline like any other")
                .isZero();
        assertThat(Files.readAllLines(folder.resolve("out.ndjson"))).hasSize(2);
    }

    @Test
    void dry_run_does_nothing() throws IOException {
        Files.writeString(folder.resolve("orders.csv"), "id\n1\n");
        Terminal terminal = terminal();

        assertThat(terminal.run("copy", "file://" + folder + "/orders.csv", "file:out.ndjson", "--dry-run"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out()).contains("path: \"out.ndjson\"");
        assertThat(folder.resolve("out.ndjson")).doesNotExist();
        assertThat(folder.resolve(".wisent")).doesNotExist();
    }

    @Test
    void whichever_tables_are_named_it_is_the_same_pipeline() {
        for (String table : List.of("creatures", "c*", "*")) {
            Terminal terminal = terminal();
            // dummy has no address, which is told once the pipeline is printed
            assertThat(terminal.run("copy", "dummy:any", "file:lines/out.ndjson", "--table", table, "--dry-run"))
                    .isEqualTo(2);
            assertThat(terminal.out()).contains("\nname: \"copy-dummy-file-out\"\n");
        }
    }

    @Test
    void all_streams_of_a_source_are_copied_unless_tables_are_named() throws IOException {
        Terminal terminal = terminal();
        assertThat(terminal.run("copy", "dummy:any", "file:out.ndjson", "--table", "stones"))
                .isEqualTo(2);
        assertThat(terminal.run("copy", "letters://x/y", "file:out.ndjson")).isEqualTo(2);
        assertThat(terminal.err()).contains("there is no source 'letters'", "files");
    }

    @Test
    void a_server_and_its_password_with_any_character_become_keys() {
        ConnectorUrl url = ConnectorUrl.parse("PostgreSQL://app:p%40ss%2Fw%3Ao%25rd+@db1:5433/shop?schema=raw");

        assertThat(url.connector("files")).isEqualTo("postgres");
        assertThat(url.keys(SERVER))
                .isEqualTo(Map.of(
                        "host",
                        "db1",
                        "port",
                        "5433",
                        "database",
                        "shop",
                        "username",
                        "app",
                        "password",
                        "p@ss/w:o%rd+",
                        "schema",
                        "raw"));
        assertThat(url.whole()).isEqualTo("PostgreSQL://app:***@db1:5433/shop?schema=raw");
    }

    @ParameterizedTest
    @CsvSource({
        "duckdb:///data/shop.duckdb, /data/shop.duckdb",
        "sqlite:shop.db, shop.db",
        "duckdb:data/a%20b.db, data/a b.db"
    })
    void a_path_becomes_the_database_of_a_file(String url, String database) {
        assertThat(ConnectorUrl.parse(url).keys(FILE)).isEqualTo(Map.of("database", database));
    }

    @ParameterizedTest
    @CsvSource({"shop.db", "'postgres://app:hunter2@h o/x'", "duckdb://shop.db", "'postgres://app:hunter2/@host/x'"})
    void an_address_that_can_not_be_read_is_refused_without_its_password(String url) {
        Terminal terminal = terminal();
        assertThat(terminal.run("copy", url, "file:out.ndjson")).isEqualTo(2);
        assertThat(terminal.err() + terminal.out()).doesNotContain("hunter2");
    }
}
