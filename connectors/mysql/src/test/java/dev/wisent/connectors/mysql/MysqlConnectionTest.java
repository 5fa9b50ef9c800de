package dev.wisent.connectors.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Place;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/// Connecting as a pipeline's keys say, to a server that is far from UTC.
class MysqlConnectionTest {
    private static final String PASSWORD = MariaDbServer.PASSWORD;

    private final MariaDbServer server = MariaDbServer.shared();
    private final MariaDbServer.Database database = server.database();

    @Test
    void a_password_of_any_characters_works_by_its_key_and_in_the_url() throws SQLException {
        String user = server.user(PASSWORD);
        server.run("GRANT ALL ON " + database.name() + ".* TO " + user);
        Address byKeys = read(database.keys(Map.of("username", user, "password", PASSWORD)));
        String encoded = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8).replace("+", "%20");
        Address byUrl = read(Map.of(
                "url", "mysql://" + user + ":" + encoded + "@127.0.0.1:" + server.port() + "/" + database.name()));

        assertThat(ask(byKeys, "SELECT CURRENT_USER()")).isEqualTo(user + "@%");
        assertThat(ask(byUrl, "SELECT CURRENT_USER()")).isEqualTo(user + "@%");
        assertThat(byKeys.toString() + byUrl).doesNotContain(PASSWORD).doesNotContain(encoded);
    }

    @Test
    void a_wrong_password_is_told_and_not_shown() {
        String user = server.user(PASSWORD);

        WisentException failure = failure(read(database.keys(Map.of("username", user, "password", "s3cr3t@:/%"))));

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CONNECTION);
        assertThat(failure.what()).contains(user).contains("password");
        assertThat(failure.isTransient()).isFalse();
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        assertThat(all + failure.hint() + failure.where()).doesNotContain("s3cr3t");
    }

    @Test
    void a_database_or_host_that_is_not_there_is_named() {
        WisentException database = failure(
                Address.of("127.0.0.1", server.port(), "nowhere").as(Optional.of("wisent"), Optional.of(PASSWORD)));
        WisentException host =
                failure(Address.of("host.invalid", 3306, "shop").as(Optional.of("wisent"), Optional.empty()));

        assertThat(database.what()).contains("no database 'nowhere'");
        assertThat(database.hint()).contains("CREATE DATABASE `nowhere`");
        assertThat(host.what()).contains("no host 'host.invalid:3306'");
        assertThat(host.isTransient()).isTrue();
    }

    @Test
    void a_port_where_nobody_listens_may_be_tried_again() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        WisentException failure =
                failure(Address.of("127.0.0.1", port, "shop").as(Optional.of("wisent"), Optional.empty()));

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CONNECTION);
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.where()).contains("127.0.0.1:" + port);
    }

    @Test
    void a_server_that_can_not_encrypt_is_refused_when_encryption_is_asked_for() {
        Address address = read(database.keys(Map.of("sslmode", "require")));

        assertThat(failure(address).code()).isEqualTo(ErrorCode.SOURCE_CONNECTION);
        assertThat(failure(address).what()).contains("can't encrypt");
    }

    @Test
    void a_session_counts_in_utc_whatever_server_and_this_machine_say() throws SQLException {
        TimeZone here = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        try {
            assertThat(server.list("SELECT @@global.time_zone, TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(), NOW())"))
                    .containsExactly("+05:45|345");
            assertThat(ask(database.address(), "SELECT FROM_UNIXTIME(0)")).isEqualTo("1970-01-01 00:00:00");
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    void what_the_server_begins_a_session_with_does_not_count() throws SQLException {
        String user = server.user(PASSWORD);
        server.run("GRANT ALL ON " + database.name() + ".* TO " + user);
        Address address = read(database.keys(Map.of("username", user, "password", PASSWORD)));
        String asked = "SELECT CONCAT_WS(' ', @@time_zone, @@autocommit, @@tx_isolation, @@sql_select_limit)";

        try (Connection plain = DriverManager.getConnection(address.jdbc(), user, PASSWORD);
                Statement statement = plain.createStatement();
                ResultSet row = statement.executeQuery(asked)) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("-08:00 OFF READ-UNCOMMITTED 3");
        }
        assertThat(ask(address, asked)).isEqualTo("+00:00 ON REPEATABLE-READ 18446744073709551615");
        try (Connection writing = Session.writing(address);
                Statement statement = writing.createStatement();
                ResultSet row = statement.executeQuery(asked)) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("+00:00 ON READ-COMMITTED 18446744073709551615");
        }
    }

    @Test
    void a_session_that_writes_refuses_what_does_not_fit() throws SQLException {
        database.run("CREATE TABLE narrow (v varchar(3))");
        try (Connection connection = Session.writing(database.address());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("INSERT INTO \"narrow\" VALUES ('a\\b')"))
                    .isEqualTo(1);
            assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO narrow VALUES ('four')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("too long");
        }
        assertThat(database.list("SELECT v FROM narrow")).containsExactly("a\\b");
    }

    @Test
    void a_session_that_reads_can_not_write() throws SQLException {
        database.run("CREATE TABLE kept (v int)");
        try (Connection connection = Session.reading(database.address());
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("INSERT INTO kept VALUES (1)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("READ ONLY");
        }
    }

    @Test
    void keys_that_say_the_same_twice_or_nothing_are_reported() {
        assertThat(problems(Map.of("url", "mysql://a@b/c", "host", "d"))).contains("'url' says it already");
        assertThat(problems(Map.of("port", 3306)))
                .contains("'host' is missing")
                .contains("'database' is missing")
                .contains("'username' is missing");
        assertThat(problems(Map.of("url", "postgresql://a:secret@b/c")))
                .contains("like mysql://")
                .doesNotContain("secret");
        assertThat(problems(Map.of("url", "mysql://a:secret@b/c?allowMultiQueries=true")))
                .contains("must be like")
                .doesNotContain("secret");
    }

    private static String ask(Address address, String sql) throws SQLException {
        try (Connection connection = Session.reading(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static WisentException failure(Address address) {
        SQLException failed = catchThrowableOfType(
                SQLException.class, () -> Session.reading(address).close());
        return MysqlFailure.of(failed, Side.SOURCE, address);
    }

    private static Address read(Map<String, ?> keys) {
        ConfigProblems problems = new ConfigProblems();
        Address address = ConnectionKeys.read(section(keys, problems));
        assertThat(problems.all()).isEmpty();
        return address;
    }

    private static String problems(Map<String, ?> keys) {
        ConfigProblems problems = new ConfigProblems();
        ConnectionKeys.read(section(keys, problems));
        return problems.all().toString();
    }

    private static ConfigSection section(Map<String, ?> keys, ConfigProblems problems) {
        Place nowhere = new Place("test.yml", 1, 1);
        SequencedMap<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        keys.forEach((key, value) -> entries.put(
                key,
                new ConfigNode.Entry(
                        nowhere,
                        new ConfigNode.Scalar(
                                value.toString(), ConfigNode.Kind.TEXT, ConfigNode.Origin.FILE, nowhere))));
        return new ConfigSection("", new ConfigNode.Mapping(entries, nowhere), problems).expect(ConnectionKeys.SHAPE);
    }
}
