package dev.wisent.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Brokers that are reached by TLS, with a certificate of their own, and ask who it is: source, destination and queue.
class SecuredBrokerTest {
    private static final int ROWS = 50;

    @TempDir
    static Path folder;

    private static SelfSigned certificate;
    private static KafkaBroker broker;

    @BeforeAll
    static void start() {
        certificate = SelfSigned.in(folder);
        broker = KafkaBroker.startWithTls(certificate);
        try (Topics topics = new Topics(broker)) {
            topics.makeNamed("herd", 1, Map.of());
            for (int i = 0; i < ROWS; i++) {
                topics.send("herd", 0, "{\"id\":" + i + "}");
            }
            topics.mayLogInByScram(KafkaBroker.USER, KafkaBroker.PASSWORD);
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE, plain",
        "SOURCE, scram-sha-512",
        "DESTINATION, plain",
        "DESTINATION, scram-sha-256",
        "QUEUE, plain",
        "QUEUE, scram-sha-512"
    })
    void who_trusts_the_certificate_and_knows_the_password_is_let_in(Side side, String mechanism) throws IOException {
        ChildResult done =
                run(side, trusting(), login(mechanism, KafkaBroker.PASSWORD)).exits(0);

        assertThat(done.count("written")).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE, plain, source",
        "DESTINATION, scram-sha-256, destination.config",
        "QUEUE, scram-sha-512, engine.queue.config.queue"
    })
    void a_wrong_password_ends_the_run_and_the_keys_to_change_are_named(Side side, String mechanism, String section)
            throws IOException {
        ChildResult refused = run(side, trusting(), login(mechanism, "s3cret"));

        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.errorCode()).isEqualTo(code(side));
        assertThat(refused.err())
                .contains("the brokers don't let this user in")
                .contains("check authentication in " + section + ": type, username and password")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"SOURCE, source", "DESTINATION, destination.config", "QUEUE, engine.queue.config.queue"})
    void a_certificate_that_nobody_vouches_for_ends_the_run_and_the_key_to_change_is_named(Side side, String section)
            throws IOException {
        ChildResult refused = run(side, "tls: {}", login("plain", KafkaBroker.PASSWORD));

        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.errorCode()).isEqualTo(code(side));
        assertThat(refused.err())
                .contains("TLS with the brokers failed")
                .contains("check tls in " + section + ": ca_file");
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE,      ca_file,     /no/such.pem,    '/no/such.pem: there is no such file'",
        "DESTINATION, client_file, ca.pem,          'No matching PRIVATE KEY entries in PEM file'",
        "QUEUE,       ca_file,     service-key.pem, 'No matching CERTIFICATE entries in PEM file'",
        "QUEUE,       ca_file,     stranger/ca.pem, 'TLS with the brokers failed'"
    })
    void a_file_that_is_not_the_one_needed_ends_the_run_and_the_key_to_change_is_named(
            Side side, String key, String file, String what) throws IOException {
        SelfSigned.in(Files.createDirectories(folder.resolve("stranger")));

        ChildResult refused =
                run(side, "tls: {" + key + ": \"" + folder.resolve(file) + "\"}", login("plain", KafkaBroker.PASSWORD));

        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.errorCode()).isEqualTo(code(side));
        assertThat(refused.err()).contains(what).contains("check tls in ").contains(key);
    }

    private static String code(Side side) {
        return side.connection().id();
    }

    private static String trusting() {
        return "tls: {ca_file: \"" + certificate.ca() + "\"}";
    }

    private static String login(String mechanism, String password) {
        return "authentication: {type: " + mechanism + ", params: {username: " + KafkaBroker.USER + ", password: '"
                + password + "'}}";
    }

    private static ChildResult run(Side side, String tls, String login) throws IOException {
        Path working = Files.createTempDirectory(folder, "run");
        String name = working.getFileName().toString().replaceAll("\\W", "");
        String reached = "bootstrap_servers: \"" + broker.tlsServers() + "\", " + tls + ", " + login;
        String generator = "{name: generator, stream: orders, sync_mode: incremental, rows: " + ROWS + "}";
        String file = "{name: file, config: {path: \"" + working.resolve("out") + "/\"}}";
        String text = switch (side) {
            case SOURCE ->
                "source: {name: kafka, stream: herd, sync_mode: incremental, topics: [{name: herd}], " + reached
                        + "}\ndestination: " + file;
            case DESTINATION ->
                "source: " + generator + "\ndestination: {name: kafka, config: {topic_prefix: " + name
                        + "., progress_topic: " + name + ".progress, destination_id: orders, partitions: 1, "
                        + "replication_factor: 1, " + reached + "}}";
            case QUEUE ->
                "source: " + generator + "\ndestination: " + file
                        + "\nengine: {queue: {type: kafka, config: {queue: {topic: " + name + ", " + reached
                        + "}}}}";
        };
        Files.writeString(working.resolve("p.yml"), "name: " + name + "\n" + text + "\n");
        return ChildCommand.run(working, "p.yml").here();
    }
}
