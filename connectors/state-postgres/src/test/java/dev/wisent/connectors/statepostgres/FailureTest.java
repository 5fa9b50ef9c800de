package dev.wisent.connectors.statepostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.StateStore;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each thing that can be wrong is told apart, with what to do, and without the password.
class FailureTest {
    private static final Server SERVER = Server.shared();
    private static final JobKey JOB = new JobKey("shop", new StreamId("orders"));
    private static final Holder HOLDER = new Holder(new RunId("run"), "elsewhere", 1, Instant.EPOCH, Instant.EPOCH);
    private static final Duration LONG = Duration.ofMinutes(10);
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
    void a_port_where_nobody_listens() {
        try (FaultProxy network = FaultProxy.to("localhost", SERVER.port())) {
            network.refuse();
            WisentException error =
                    failure(address(network.host(), network.port(), "postgres", "u", PASSWORD), "wisent");
            assertThat(error.code()).isEqualTo(ErrorCode.STATE_UNREACHABLE);
            assertThat(error.isTransient()).isTrue();
            assertThat(error.where()).contains(network.host() + ":" + network.port());
            assertThat(error.hint()).contains("host and port");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_connection_that_breaks_is_made_again(Ending ending) {
        try (FaultProxy network = FaultProxy.to("localhost", SERVER.port());
                StateStore store = through(network, Server.name())) {
            assertThat(store.acquire(JOB, HOLDER, LONG)).isEqualTo(new LeaseOutcome.Granted());
            long before = network.connections();
            network.end(ending);

            assertThat(store.renew(JOB, HOLDER, LONG)).isTrue();
            assertThat(network.connections()).isEqualTo(before + 1);
        }
    }

    @Test
    void a_lease_whose_grant_was_lost_on_its_way_is_asked_for_again_and_had_once() throws Exception {
        duringTrouble(new Fault.EndAfter(0, Ending.RESET));
    }

    @Test
    void a_server_that_falls_silent_is_given_up_and_asked_on_another_connection() throws Exception {
        duringTrouble(new Fault.Swallow());
    }

    /// The request gets there, the answer is lost; so are those of the next connections, until the network heals.
    private static void duringTrouble(Fault fault) throws Exception {
        try (FaultProxy network = FaultProxy.to("localhost", SERVER.port());
                StateStore store = through(network, Server.name())) {
            long before = network.connections();
            network.set(Direction.TO_CLIENT, fault);
            CompletableFuture<LeaseOutcome> granted =
                    CompletableFuture.supplyAsync(() -> store.acquire(JOB, HOLDER, LONG));
            Awaitility.await().until(() -> network.connections() > before);
            assertThat(granted).isNotDone();
            network.heal();

            assertThat(granted.get()).isEqualTo(new LeaseOutcome.Granted());
            assertThat(store.leases()).hasSize(1);
        }
    }

    private static StateStore through(FaultProxy network, String schema) {
        Address owner = SERVER.owner();
        Address proxied = Address.of(network.host(), Optional.of(network.port()), owner.database())
                .as(owner.user(), Optional.empty());
        Address impatient = new Address(
                proxied.hosts(),
                proxied.database(),
                proxied.user(),
                proxied.password(),
                Map.of("socketTimeout", "1", "sslmode", "disable", "gssEncMode", "disable"));
        return new PostgresHandle(new PostgresOptions(impatient, schema)).open();
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
