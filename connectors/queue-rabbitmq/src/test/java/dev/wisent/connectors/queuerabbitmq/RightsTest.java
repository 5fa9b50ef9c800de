package dev.wisent.connectors.queuerabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.queuerabbitmq.read.Queues;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A virtual host of one's own, and users who may not do everything there: queue and source.
class RightsTest {
    private static final int ROWS = 20;
    private static final String PASSWORD = "pr1vate-hay";

    @TempDir
    static Path folder;

    private String said = "";

    /// `rabbitmqctl add_vhost`, `add_user` and `set_permissions` in one call: each takes seconds.
    @BeforeAll
    static void let() throws IOException {
        Path definitions = folder.resolve("definitions.json");
        Files.writeString(definitions, """
                {
                  "vhosts": [{"name": "farm"}, {"name": "full"}],
                  "parameters": [
                    {"vhost": "full", "component": "vhost-limits", "name": "limits", "value": {"max-connections": 0}}
                  ],
                  "users": [
                    {"name": "owner", "password": "PASSWORD", "tags": ""},
                    {"name": "asks", "password": "PASSWORD", "tags": ""},
                    {"name": "reads", "password": "PASSWORD", "tags": ""},
                    {"name": "writes", "password": "PASSWORD", "tags": ""},
                    {"name": "stranger", "password": "PASSWORD", "tags": ""}
                  ],
                  "permissions": [
                    {"user": "owner", "vhost": "farm", "configure": ".*", "write": ".*", "read": ".*"},
                    {"user": "owner", "vhost": "full", "configure": ".*", "write": ".*", "read": ".*"},
                    {"user": "asks", "vhost": "farm", "configure": "", "write": ".*", "read": ".*"},
                    {"user": "reads", "vhost": "farm", "configure": ".*", "write": "", "read": ".*"},
                    {"user": "writes", "vhost": "farm", "configure": ".*", "write": ".*", "read": ""},
                    {"user": "stranger", "vhost": "/", "configure": "", "write": "", "read": ""}
                  ]
                }
                """.replace("PASSWORD", PASSWORD));
        SharedBroker.broker().control("import_definitions", definitions.toString());
    }

    @AfterEach
    void nobodySeesThePassword() {
        assertThat(said).doesNotContain(PASSWORD);
    }

    @Test
    void rows_go_through_queues_of_a_virtual_host_of_one_s_own() throws IOException {
        assertThat(queued("owner", "farm").exits(0).count("written")).isEqualTo(ROWS);

        assertThat(SharedBroker.broker().control("list_queues", "--vhost", "farm", "name"))
                .contains("owner.");
    }

    @ParameterizedTest
    @CsvSource({
        "stranger, farm, access to vhost 'farm' refused for user 'stranger'",
        "owner, elsewhere, vhost elsewhere not found"
    })
    void who_may_not_enter_a_virtual_host_is_told_at_once_and_the_keys_to_change_are_named(
            String user, String vhost, String why) throws IOException {
        ChildResult refused = queued(user, vhost).exits(3);

        assertThat(refused.errorCode()).isEqualTo(Side.QUEUE.connection().id());
        assertThat(refused.err())
                .contains(why, "check username, password and vhost in engine.queue.config.queue")
                .doesNotContain("tries");
    }

    @Test
    void that_others_have_all_connections_a_virtual_host_may_have_may_pass() {
        Login login = new Login(
                "localhost",
                SharedBroker.broker().port(),
                "full",
                "owner",
                PASSWORD,
                Optional.empty(),
                Side.QUEUE,
                "here");

        assertThatThrownBy(login::check).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.getMessage()).contains("connection limit");
            assertThat(e.isTransient()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({"asks, queue 'asks.", "reads, exchange 'amq.default'", "writes, queue 'writes."})
    void a_right_that_is_missing_ends_the_run_and_the_rights_it_takes_are_named(String user, String where)
            throws IOException {
        ChildResult refused = queued(user, "farm").exits(1);

        assertThat(refused.errorCode()).isEqualTo(Side.QUEUE.refused().id());
        assertThat(refused.err())
                .contains("ACCESS_REFUSED", where)
                .contains("give the user the rights configure, write and read on queues of that name");
    }

    @ParameterizedTest
    @CsvSource({
        "stranger, farm, 3, 'check username, password and vhost in source'",
        "stranger, /,    1, 'give the user the right read on the queue, or set another username or vhost in source'"
    })
    void a_source_that_may_not_read_says_so(String user, String vhost, int exit, String hint) throws IOException {
        try (Queues queues = new Queues()) {
            String herd = queues.make("herd");
            queues.fill(herd, 0, ROWS);

            ChildResult refused = run(
                            user + exit,
                            "source: {name: rabbitmq, stream: herd, queues: [{name: " + herd + "}], "
                                    + login(user, vhost) + "}\nengine: {retry: {budget: 1}}")
                    .exits(exit);

            assertThat(refused.err()).contains(hint);
        }
    }

    private ChildResult queued(String user, String vhost) throws IOException {
        return run(
                user + "-" + vhost,
                "source: {name: generator, stream: orders, sync_mode: incremental, rows: " + ROWS
                        + "}\nengine: {retry: {budget: 20}, queue: {type: rabbitmq, config: {queue: {queue_name: "
                        + user
                        + ", " + login(user, vhost) + "}}}}");
    }

    private static String login(String user, String vhost) {
        return "port: " + SharedBroker.broker().port() + ", username: " + user + ", password: " + PASSWORD + ", vhost: "
                + vhost;
    }

    private ChildResult run(String name, String text) throws IOException {
        Path working = Files.createDirectories(folder.resolve(name));
        Files.writeString(
                working.resolve("p.yml"),
                "name: " + name + "\n" + text + "\ndestination: {name: file, config: {path: \"" + working.resolve("out")
                        + "/\"}}\n");
        ChildResult result = ChildCommand.run(working, "p.yml").here();
        said = result.toString();
        return result;
    }
}
