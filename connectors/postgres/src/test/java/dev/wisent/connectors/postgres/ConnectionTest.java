package dev.wisent.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
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
class ConnectionTest {
    private static final String PASSWORD = "p@ss/w:rd%41 \\'\"?#&=+ü";

    private final PostgresServer server = PostgresServer.shared();
    private final PostgresServer.Database database = server.database();

    @Test
    void a_password_of_any_characters_works_by_its_key_and_in_the_url() throws SQLException {
        String user = PostgresServer.name();
        server.role(user, PASSWORD);
        Address byKeys = read(database.keys(Map.of("username", user, "password", PASSWORD)));
        String encoded = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8).replace("+", "%20");
        Address byUrl = read(Map.of(
                "url", "postgresql://" + user + ":" + encoded + "@localhost:" + server.port() + "/" + database.name()));

        assertThat(ask(byKeys, "SELECT current_user")).isEqualTo(user);
        assertThat(ask(byUrl, "SELECT current_user")).isEqualTo(user);
        assertThat(byKeys.toString() + byUrl).doesNotContain(PASSWORD).doesNotContain(encoded);
    }

    @Test
    void a_wrong_password_is_told_and_not_shown() {
        String user = PostgresServer.name();
        server.role(user, PASSWORD);

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
                Address.of("localhost", server.port(), "nowhere").as(Optional.of("postgres"), Optional.empty()));
        WisentException host =
                failure(Address.of("host.invalid", 5432, "shop").as(Optional.of("postgres"), Optional.empty()));

        assertThat(database.what()).contains("no database 'nowhere'");
        assertThat(database.hint()).contains("CREATE DATABASE \"nowhere\"");
        assertThat(host.what()).contains("no host 'host.invalid:5432'");
        assertThat(host.isTransient()).isTrue();
    }

    @Test
    void a_port_where_nobody_listens_may_be_tried_again() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        WisentException failure =
                failure(Address.of("localhost", port, "shop").as(Optional.of("postgres"), Optional.empty()));

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CONNECTION);
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.where()).contains("localhost:" + port);
    }

    @Test
    void a_server_that_can_not_encrypt_is_refused_when_encryption_is_asked_for() {
        Address address = read(database.keys(Map.of("sslmode", "require")));

        assertThat(failure(address).code()).isEqualTo(ErrorCode.SOURCE_CONNECTION);
    }

    @Test
    void a_session_counts_in_utc_whatever_server_role_and_this_machine_say() throws SQLException {
        // the driver tells the server this machine's zone
        TimeZone here = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(PostgresServer.ZONE));
        try {
            assertThat(server.ask("SHOW timezone")).isEqualTo(PostgresServer.ZONE);
            countsInUtc();
        } finally {
            TimeZone.setDefault(here);
        }
    }

    private void countsInUtc() throws SQLException {
        String user = PostgresServer.name();
        server.role(user, PASSWORD);
        server.run("ALTER ROLE " + user + " SET IntervalStyle = 'sql_standard'");
        Address address = read(database.keys(Map.of("username", user, "password", PASSWORD)));

        assertThat(ask(address, "SELECT timestamptz '2026-11-21 12:00+00'")).isEqualTo("2026-11-21 12:00:00+00");
        assertThat(ask(address, "SELECT interval '1 year -2 days 3.5 s'")).isEqualTo("P1Y-2DT3.5S");
        assertThat(ask(address, "SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()"))
                .isEqualTo("wisent test");
    }

    @Test
    void keys_that_say_the_same_twice_or_nothing_are_reported() {
        assertThat(problems(Map.of("url", "postgresql://a@b/c", "host", "d"))).contains("'url' says it already");
        assertThat(problems(Map.of("port", 5432)))
                .contains("'host' is missing")
                .contains("'database' is missing")
                .contains("'username' is missing");
        assertThat(problems(Map.of("url", "mysql://a:secret@b/c")))
                .contains("like postgresql://")
                .doesNotContain("secret");
    }

    private static String ask(Address address, String sql) throws SQLException {
        try (Connection connection = Session.open(address, "wisent test");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static WisentException failure(Address address) {
        SQLException failed = catchThrowableOfType(
                SQLException.class, () -> Session.open(address, "wisent test").close());
        return PostgresFailure.of(failed, Side.SOURCE, address);
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
