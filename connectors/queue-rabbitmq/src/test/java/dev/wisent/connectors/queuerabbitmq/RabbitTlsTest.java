package dev.wisent.connectors.queuerabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.queuerabbitmq.read.Queues;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// A broker with a certificate that the JVM does not trust, and that does not trust everybody: queue and source.
class RabbitTlsTest {
    private static final int ROWS = 20;

    @TempDir
    static Path folder;

    private static SelfSigned broker;
    private static SelfSigned stranger;
    private static SelfSigned.Client client;

    @BeforeAll
    static void certify() throws IOException {
        broker = SharedBroker.broker().certificate();
        client = broker.client();
        stranger = SelfSigned.in(folder);
        Files.writeString(
                folder.resolve("both.pem"), Files.readString(client.key()) + Files.readString(client.chain()));
        Files.writeString(folder.resolve("no.pem"), "no certificate\n");
    }

    @ParameterizedTest
    @EnumSource
    void who_is_given_the_broker_s_authority_in_a_file_trusts_it(Side side) throws IOException {
        ChildResult done = run(side, "ca_file: CA").exits(0);

        assertThat(done.count("written")).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @CsvSource({"SOURCE, client_file: BOTH", "QUEUE, 'client_file: CHAIN, client_key_file: KEY'"})
    void a_broker_that_asks_for_a_certificate_gets_it(Side side, String own) throws IOException {
        ChildResult done = run(side, "ca_file: CA, " + own).exits(0);

        assertThat(done.count("written")).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                                  | the certificate of the broker is not trusted | tls.ca_file names a PEM file",
                "ca_file: STRANGER                                                   | the certificate of the broker is not trusted | check tls.ca_file in SECTION",
                "ca_file: /no/such.pem                                               | tls.ca_file can't be used                    | there is no such file",
                "ca_file: NO_PEM                                                     | tls.ca_file can't be used                    | -----BEGIN CERTIFICATE-----",
                "ca_file: CA, client_file: NO_PEM                                    | tls.client_file can't be used                | -----BEGIN CERTIFICATE-----",
                "ca_file: CA, client_file: CHAIN                                     | tls.client_file can't be used                | openssl pkcs8 -topk8",
                "ca_file: CA, client_file: STRANGER, client_key_file: STRANGERS_KEY  | the broker does not                          | tls.client_file in SECTION",
            })
    void what_is_wrong_with_a_certificate_is_told_and_the_key_to_change_is_named(String files, String what, String hint)
            throws IOException {
        for (Side side : Side.values()) {
            ChildResult refused = run(side, files).exits(3);

            assertThat(refused.errorCode()).isEqualTo(side.connection().id());
            assertThat(refused.err()).contains(what).contains(hint.replace("SECTION", side.section()));
        }
    }

    @Test
    void a_key_without_its_certificate_is_refused_before_anything_is_asked() throws IOException {
        ChildResult refused = run(Side.QUEUE, "client_key_file: KEY").exits(2);

        assertThat(refused.err()).contains("'client_file' is missing");
    }

    @ParameterizedTest
    @EnumSource
    void files_of_tls_where_plain_is_asked_for_are_refused_before_anything_is_asked(Side side) throws IOException {
        ChildResult refused = run(side, "ca_file: CA", ", security: plain").exits(2);

        assertThat(refused.err()).contains("'tls' says otherwise").contains("leave one of them out");
    }

    private static ChildResult run(Side side, String files) throws IOException {
        return run(side, files, "");
    }

    private static ChildResult run(Side side, String files, String further) throws IOException {
        Path working = Files.createTempDirectory(folder, "run");
        String name = working.getFileName().toString();
        String reached = "port: " + SharedBroker.broker().tlsPort() + ", tls: {" + named(files) + "}" + further;
        String file = "{name: file, config: {path: \"" + working.resolve("out") + "/\"}}";
        String text;
        if (side == Side.SOURCE) {
            try (Queues queues = new Queues()) {
                String herd = queues.make(name);
                queues.fill(herd, 0, ROWS);
                text = "source: {name: rabbitmq, stream: herd, queues: [{name: " + herd + "}], " + reached
                        + "}\nengine: {retry: {budget: 1}}\ndestination: " + file;
            }
        } else {
            text = "source: {name: generator, stream: orders, sync_mode: incremental, rows: " + ROWS
                    + "}\ndestination: " + file
                    + "\nengine: {retry: {budget: 1}, queue: {type: rabbitmq, config: {queue: {queue_name: " + name
                    + ", " + reached + "}}}}";
        }
        Files.writeString(working.resolve("p.yml"), "name: " + name + "\n" + text + "\n");
        return ChildCommand.run(working, "p.yml").here();
    }

    private static String named(String files) {
        return files.replace("{}", "")
                .replace("STRANGERS_KEY", quoted(stranger.key()))
                .replace("STRANGER", quoted(stranger.ca()))
                .replace("NO_PEM", quoted(folder.resolve("no.pem")))
                .replace("BOTH", quoted(folder.resolve("both.pem")))
                .replace("CHAIN", quoted(client.chain()))
                .replace("KEY", quoted(client.key()))
                .replace("CA", quoted(broker.ca()));
    }

    private static String quoted(Path path) {
        return '"' + path.toString() + '"';
    }
}
