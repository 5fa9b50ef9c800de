package dev.wisent.connectors.kafka;

import dev.wisent.api.error.WisentException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// What went wrong with a client, in our words. The client's own text names hosts, topics and groups, never a password.
public final class KafkaFailure {
    private KafkaFailure() {}

    /// @return transient where the same may work later
    public static WisentException of(Throwable failed, Side side, ClientOptions client) {
        Throwable cause = unwrapped(failed);
        if (cause instanceof WisentException told) {
            return told;
        }
        return told(cause, side).where(client.servers());
    }

    private static WisentException told(Throwable cause, Side side) {
        return switch (cause) {
            case SslAuthenticationException ssl ->
                WisentException.of(side.connection(), "TLS with the brokers failed: " + text(ssl))
                        .hint("check tls in " + side.section() + ": ca_file holds who signed the brokers' certificates")
                        .causedBy(ssl);
            case AuthenticationException login ->
                WisentException.of(side.connection(), "the brokers don't let this user in: " + text(login))
                        .hint(
                                "check authentication in " + side.section()
                                        + ": type, username and password; 'wisent secrets check FILE' shows whether references resolve")
                        .causedBy(login);
            case AuthorizationException right ->
                WisentException.of(side.connection(), "this user may not do that: " + text(right))
                        .hint(
                                "an ACL is missing; sources need READ and DESCRIBE on their topics, destinations WRITE and DESCRIBE on topics and transactional ids, queues READ, WRITE, CREATE, DELETE, DESCRIBE and DESCRIBE_CONFIGS on their topics and READ on their group")
                        .causedBy(right);
            case UnknownTopicOrPartitionException missing ->
                WisentException.of(side.failed(), "there is no such topic or partition: " + text(missing))
                        .hint("names are case-sensitive; was it deleted?")
                        .causedBy(missing);
            case RecordTooLargeException large ->
                WisentException.of(side.failed(), "a message is too large: " + text(large))
                        .hint("raise max.message.bytes of the topic and max.request.size in producer_config")
                        .causedBy(large);
            case TimeoutException late ->
                WisentException.transientFailure(side.connection(), "the brokers don't answer: " + text(late), late)
                        .hint(
                                "are they running, and reachable from here under the names they advertise? check bootstrap_servers in "
                                        + side.section());
            case RetriableException again ->
                WisentException.transientFailure(
                        side.failed(), "the brokers asked to try again: " + text(again), again);
            case InterruptException stopped ->
                WisentException.of(side.failed(), "the thread was interrupted").causedBy(stopped);
            case ConfigException wrong ->
                WisentException.of(side.connection(), "the client can't begin: " + text(wrong))
                        .hint("check bootstrap_servers in " + side.section()
                                + ", whose hosts are looked up by this machine, and the client's own settings")
                        .causedBy(wrong);
            // A broker says this of the settings of topics, in other words.
            case InvalidConfigurationException file
            when text(file).contains("PEM") ->
                WisentException.of(side.connection(), "a file of tls can't be used: " + text(file) + ": " + why(file))
                        .hint(
                                "check tls in " + side.section()
                                        + ": ca_file is a PEM file with certificates (-----BEGIN CERTIFICATE-----), client_file one with certificates and a key in PKCS #8, without a password (-----BEGIN PRIVATE KEY-----)")
                        .causedBy(file);
            case KafkaException other when other.getCause() instanceof KafkaException inner -> told(inner, side);
            default ->
                WisentException.of(side.failed(), "Kafka refused: " + text(cause))
                        .hint("the brokers' logs may tell more")
                        .causedBy(cause);
        };
    }

    private static String why(InvalidConfigurationException file) {
        Throwable root = root(file);
        return root instanceof NoSuchFileException ? "there is no such file" : text(root);
    }

    private static Throwable root(Throwable failed) {
        return failed.getCause() == null ? failed : root(failed.getCause());
    }

    static Throwable unwrapped(Throwable failed) {
        boolean wraps = failed instanceof ExecutionException || failed instanceof CompletionException;
        return wraps && failed.getCause() != null ? unwrapped(failed.getCause()) : failed;
    }

    private static String text(Throwable failed) {
        String message = failed.getMessage();
        String said = message == null ? failed.getClass().getSimpleName() : message;
        return said.strip().replaceAll("\\s*\\n\\s*", ", ");
    }
}
