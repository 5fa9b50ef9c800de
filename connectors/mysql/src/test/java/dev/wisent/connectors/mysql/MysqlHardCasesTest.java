package dev.wisent.connectors.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs from one database into another under what tempts to show or to change something: passwords, and sessions that the
/// server begins in a zone, a mode and a character set of its own.
class MysqlHardCasesTest {
    private static final String PASSWORD = MariaDbServer.PASSWORD;
    private static final String ENCODED =
            URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8).replace("+", "%20");

    @TempDir
    Path folder;

    private final MariaDbServer server = MariaDbServer.shared();
    private final MariaDbServer.Database from = server.database();
    private final MariaDbServer.Database to = server.database();
    private final String user = server.user(PASSWORD);

    private ChildCommand copying(String password, String encoded) throws IOException {
        from.run("GRANT ALL ON " + from.name() + ".* TO " + user, "GRANT ALL ON " + to.name() + ".* TO " + user);
        Files.writeString(folder.resolve("p.yml"), """
                name: copied
                source: {name: mysql, stream: orders, url: 'mysql://%s:%s@127.0.0.1:%d/%s'}
                destination: {name: mysql, config: {host: 127.0.0.1, port: %d, database: %s, username: %s,
                  password: '%s', parts: %s/parts, destination_id: orders}}
                """.formatted(
                        user,
                        encoded,
                        server.port(),
                        from.name(),
                        server.port(),
                        to.name(),
                        user,
                        password.replace("'", "''"),
                        folder));
        return ChildCommand.run(folder, "p.yml");
    }

    @Test
    void a_password_of_any_characters_lets_in_at_both_ends_and_is_told_nowhere() throws IOException {
        from.run("CREATE TABLE orders (id int PRIMARY KEY)", "INSERT INTO orders VALUES (1), (2)");

        ChildResult done = copying(PASSWORD, ENCODED).here().exits(0);

        assertThat(to.list("SELECT id FROM orders ORDER BY id")).containsExactly("1", "2");
        assertToldNowhere(done, PASSWORD);
        assertToldNowhere(done, ENCODED);
    }

    @Test
    void a_wrong_password_is_told_nowhere_either() throws IOException {
        ChildResult refused = copying("s3cr3t@:/%", "s3cr3t%40%3A%2F%25").here().exits(3);

        assertThat(refused.out() + refused.err()).contains("password of user '" + user + "' is wrong");
        assertToldNowhere(refused, "s3cr3t");
    }

    private void assertToldNowhere(ChildResult result, String secret) throws IOException {
        assertThat(result.out() + result.err()).doesNotContain(secret);
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("p.yml")) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain(new String(bytes, StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    private static String hex(String text) {
        return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The server begins the sessions of this user as [MariaDbServer] says.
    @Test
    void the_zones_modes_and_character_sets_of_machine_server_and_session_change_nothing() throws IOException {
        from.run(
                "SET time_zone = '+00:00'",
                "SET NAMES utf8mb4",
                "CREATE TABLE orders (id int PRIMARY KEY, at timestamp(6) NULL, local datetime(6), day date,"
                        + " note varchar(40) CHARACTER SET utf8mb4, old char(40) CHARACTER SET latin1, doc json)",
                "INSERT INTO orders VALUES (1, '2026-03-29 01:30:00.000001', '2026-03-29 02:30:00.5', '2026-03-29',"
                        + " 'zażółć 🦬 \"''\\\\', 'Größe', '{\"a\":\"\\\\n\"}')",
                "INSERT INTO orders (id) SELECT seq FROM seq_2_to_9");

        copying(PASSWORD, ENCODED)
                .withJvm("-Duser.timezone=America/St_Johns", "-Dfile.encoding=ISO-8859-1")
                .result()
                .exits(0);

        assertThat(to.ask("SELECT GROUP_CONCAT(id ORDER BY id) FROM orders")).isEqualTo("1,2,3,4,5,6,7,8,9");
        assertThat(to.list("SELECT id, at, local, day, hex(note), hex(old), json_value(doc, '$.a') FROM orders"
                        + " WHERE id = 1"))
                .containsExactly(String.join(
                        "|",
                        "1",
                        "2026-03-29 01:30:00.000001",
                        "2026-03-29 02:30:00.500000",
                        "2026-03-29",
                        hex("zażółć 🦬 \"'\\"),
                        hex("Größe"),
                        "\n"));
    }
}
