package dev.wisent.connectors.statepostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.StateStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Each thing that can be wrong is told apart, with what to do, and without the password.
class FailureTest {
    private static final Server SERVER = Server.shared();
    private static final String PASSWORD = "p@ss/w:rd?&%#'\" ü";

    @Test
    void a_password_may_have_any_character_beside_the_url_and_in_it() {
        String user = user();
        for (Address address : new Address[] {
            address("localhost", SERVER.port(), "postgres", user, PASSWORD),
            Address.parse("postgresql://" + user + ":p%40ss%2Fw%3Ard%3F%26%25%23%27%22%20%C3%BC@localhost:"
                    + SERVER.port() + "/postgres?sslmode=disable"),
        }) {
            SERVER.run("CREATE SCHEMA IF NOT EXISTS " + user + " AUTHORIZATION " + user);
            try (StateStore store = new PostgresHandle(new PostgresOptions(address, user)).open()) {
                assertThat(store.jobs()).isEmpty();
            }
        }
    }

    @Test
    void a_wrong_password() {
        WisentException error =
                failure(address("localhost", SERVER.port(), "postgres", user(), "wrong-" + PASSWORD), "wisent");
        assertThat(error.code()).isEqualTo(ErrorCode.STATE_UNREACHABLE);
        assertThat(error.code().fault().exitCode()).isEqualTo(3);
        assertThat(error.what()).contains("password of user");
        assertThat(error.hint()).contains("username and password");
    }

    @Test
    void a_database_that_is_missing() {
        WisentException error = failure(address("localhost", SERVER.port(), "no-such", user(), PASSWORD), "wisent");
        assertThat(error.code()).isEqualTo(ErrorCode.STATE_UNREACHABLE);
        assertThat(error.what()).contains("no database 'no-such'");
        assertThat(error.hint()).contains("CREATE DATABASE \"no-such\"");
    }

    @Test
    void a_host_that_is_unknown() {
        WisentException error = failure(address("no-such-host.invalid", 5432, "postgres", "u", PASSWORD), "wisent");
        assertThat(error.code()).isEqualTo(ErrorCode.STATE_UNREACHABLE);
        assertThat(error.what()).contains("no host 'no-such-host.invalid");
    }

    @Test
    void a_port_where_nobody_listens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        WisentException error = failure(address("localhost", port, "postgres", "u", PASSWORD), "wisent");
        assertThat(error.code()).isEqualTo(ErrorCode.STATE_UNREACHABLE);
        assertThat(error.isTransient()).isTrue();
        assertThat(error.where()).contains("localhost:" + port);
        assertThat(error.hint()).contains("host and port");
    }

    @Test
    void a_user_who_may_not_make_the_schema_is_told_the_statement_to_run() {
        String user = user();
        Address address = address("localhost", SERVER.port(), "postgres", user, PASSWORD);
        String schema = Server.name();

        WisentException error = failure(address, schema);
        assertThat(error.code()).isEqualTo(ErrorCode.STATE_STORE);
        String statement = "CREATE SCHEMA IF NOT EXISTS \"" + schema + "\" AUTHORIZATION \"" + user + "\"";
        assertThat(error.hint()).contains(statement);

        SERVER.run(statement);
        new PostgresHandle(new PostgresOptions(address, schema)).open().close();
    }

    @Test
    void a_user_who_may_only_read_the_tables_is_found_by_the_check() {
        String schema = Server.name();
        new PostgresHandle(SERVER.schema(schema)).open().close();
        String user = user();
        SERVER.run("GRANT USAGE ON SCHEMA " + schema + " TO " + user);
        SERVER.run("GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO " + user);
        Address address = address("localhost", SERVER.port(), "postgres", user, PASSWORD);

        WisentException error = catchThrowableOfType(
                WisentException.class, () -> new PostgresHandle(new PostgresOptions(address, schema)).check());

        assertThat(error.code()).isEqualTo(ErrorCode.STATE_STORE);
        assertThat(error.hint()).contains("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA");
    }

    @Test
    void a_server_without_tls_is_refused_when_the_url_asks_for_it() {
        Address plain = address("localhost", SERVER.port(), "postgres", user(), PASSWORD);
        Address secured = new Address(
                plain.hosts(), plain.database(), plain.user(), plain.password(), Map.of("sslmode", "require"));
        assertThat(failure(secured, "wisent").what()).contains("SSL");
    }

    private static WisentException failure(Address address, String schema) {
        PostgresHandle handle = new PostgresHandle(new PostgresOptions(address, schema));
        WisentException opened = catchThrowableOfType(WisentException.class, handle::open);
        WisentException checked = catchThrowableOfType(WisentException.class, handle::check);
        assertThat(checked.code()).isEqualTo(opened.code());
        assertThat(opened.what() + opened.where() + opened.hint() + opened.tried() + opened.getCause())
                .doesNotContain(PASSWORD)
                .doesNotContain("p@ss");
        return opened;
    }

    /// Somebody who comes with the password.
    private static String user() {
        String user = Server.name();
        SERVER.run(
                "CREATE ROLE " + user + " LOGIN PASSWORD '" + PASSWORD.replace("'", "''") + "' IN ROLE with_password");
        return user;
    }

    private static Address address(String host, int port, String database, String user, String password) {
        return Address.of(host, Optional.of(port), database).as(Optional.of(user), Optional.of(password));
    }
}
