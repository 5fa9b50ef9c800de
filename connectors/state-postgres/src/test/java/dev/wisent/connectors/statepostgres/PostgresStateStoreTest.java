package dev.wisent.connectors.statepostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import dev.wisent.testkit.StateStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Against a real server.
class PostgresStateStoreTest extends StateStoreContract {
    private static final Server SERVER = Server.shared();
    private static final Duration LONG = Duration.ofMinutes(10);

    private final String schema = Server.name();

    @Override
    protected StateStore open() {
        return new PostgresHandle(SERVER.schema(schema)).open();
    }

    @Test
    void fifty_pipelines_start_at_once_on_an_empty_database_and_each_has_its_lease() throws Exception {
        String fresh = Server.name();
        List<Callable<LeaseOutcome>> pipelines = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            JobKey job = new JobKey("pipeline-" + i, new StreamId("orders"));
            Holder holder = me("run-" + i);
            pipelines.add(() -> {
                try (StateStore store = new PostgresHandle(SERVER.schema(fresh)).open()) {
                    LeaseOutcome outcome = store.acquire(job, holder, LONG);
                    store.saveRun(run(holder.run().value(), job.pipelineId(), 1, RunRecord.Status.RUNNING));
                    store.saveProgress(job, "{}");
                    return outcome;
                }
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            for (Future<LeaseOutcome> outcome : threads.invokeAll(pipelines)) {
                assertThat(outcome.get()).isEqualTo(new LeaseOutcome.Granted());
            }
        }
        try (StateStore store = new PostgresHandle(SERVER.schema(fresh)).open()) {
            assertThat(store.leases()).hasSize(50);
            assertThat(store.runs(Optional.empty(), 100)).hasSize(50);
            assertThat(store.jobs()).hasSize(50);
        }
    }

    @Test
    void of_fifty_starts_of_one_pipeline_one_gets_the_lease() throws Exception {
        JobKey job = new JobKey("shop", new StreamId("orders"));
        List<Callable<LeaseOutcome>> starts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Holder holder = me("run-" + i);
            starts.add(() -> {
                try (StateStore store = open()) {
                    return store.acquire(job, holder, LONG);
                }
            });
        }
        List<LeaseOutcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            for (Future<LeaseOutcome> outcome : threads.invokeAll(starts)) {
                outcomes.add(outcome.get());
            }
        }
        assertThat(outcomes).containsOnlyOnce(new LeaseOutcome.Granted());
    }

    @Test
    void a_time_is_the_same_instant_whatever_zone_the_session_has() {
        RunRecord written = run("a", "shop", 1, RunRecord.Status.SUCCEEDED);
        SERVER.run("CREATE ROLE tokyo LOGIN SUPERUSER");
        SERVER.run("ALTER ROLE tokyo SET timezone = 'Asia/Tokyo'");
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
            PostgresOptions tokyo =
                    new PostgresOptions(SERVER.owner().as(Optional.of("tokyo"), Optional.empty()), schema);
            try (StateStore store = new PostgresHandle(tokyo).open()) {
                store.saveRun(written);
            }
        } finally {
            TimeZone.setDefault(before);
        }
        try (StateStore store = open()) {
            assertThat(store.runs(Optional.empty(), 1)).containsExactly(written);
        }
        assertThat(SERVER.ask("SELECT to_char(started AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM "
                        + schema + ".wisent_runs"))
                .isEqualTo(written.started().toString());
    }

    @Test
    void a_lease_expires_by_the_servers_clock_not_by_the_holders() {
        JobKey job = new JobKey("shop", new StreamId("orders"));
        Holder ahead =
                new Holder(new RunId("ahead"), "elsewhere", 1, Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
        try (StateStore store = open()) {
            store.acquire(job, ahead, LONG);
            assertThat(SERVER.ask("SELECT expires BETWEEN now() AND now() + interval '10 minutes' FROM " + schema
                            + ".wisent_leases"))
                    .isEqualTo("t");
        }
    }

    @Test
    void a_connection_that_is_lost_is_made_again() {
        JobKey job = new JobKey("shop", new StreamId("orders"));
        Address named = SERVER.owner(Map.of("ApplicationName", schema));
        try (StateStore store = new PostgresHandle(new PostgresOptions(named, schema)).open()) {
            store.acquire(job, me("first"), LONG);
            assertThat(SERVER.ask(
                            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '"
                                    + schema + "'"))
                    .isEqualTo("1");

            assertThat(store.renew(job, me("first"), LONG)).isTrue();
            assertThat(store.acquire(job, me("second"), LONG)).isInstanceOf(LeaseOutcome.Held.class);
        }
    }

    @Test
    void a_newer_format_is_refused_and_left_as_it_is() {
        SERVER.run(
                "INSERT INTO " + schema + ".wisent_migrations (installed_rank, version, description, type, script,"
                        + " installed_by, execution_time, success) VALUES (99, '7', 'later', 'SQL', 'V7__later.sql', 'x', 1, true)");

        assertThatThrownBy(this::open).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STATE_NEWER);
            assertThat(e.what()).contains("format 7");
            assertThat(e.where()).contains("schema " + schema);
        });
        assertThatThrownBy(() -> new PostgresHandle(SERVER.schema(schema)).check())
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_NEWER));
    }

    @Test
    void tables_of_others_in_the_same_schema_are_left_alone() {
        String shared = Server.name();
        SERVER.run("CREATE SCHEMA " + shared);
        SERVER.run("CREATE TABLE " + shared + ".leases (id int)");
        try (StateStore store = new PostgresHandle(SERVER.schema(shared)).open()) {
            store.saveProgress(new JobKey("shop", new StreamId("orders")), "{}");
        }
        assertThat(SERVER.ask("SELECT count(*) FROM " + shared + ".leases")).isEqualTo("0");
    }

    @Test
    void looking_for_a_store_makes_none() {
        String fresh = Server.name();
        assertThat(new PostgresHandle(SERVER.schema(fresh)).openExisting()).isEmpty();
        assertThat(new PostgresHandle(SERVER.schema(fresh)).check()).endsWith("the schema made by the first run");
        assertThat(SERVER.ask("SELECT count(*) FROM pg_namespace WHERE nspname = '" + fresh + "'"))
                .isEqualTo("0");

        new PostgresHandle(SERVER.schema(fresh)).open().close();
        assertThat(new PostgresHandle(SERVER.schema(fresh)).check()).endsWith("schema " + fresh);
        assertThat(SERVER.ask("SELECT count(*) FROM " + fresh + ".wisent_progress"))
                .as("a check leaves nothing")
                .isEqualTo("0");
        new PostgresHandle(SERVER.schema(fresh)).openExisting().orElseThrow().close();
    }
}
