package dev.wisent.connectors.queuerabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// A broker, and who connects to it for what.
///
/// @param tls empty: what is sent can be read on its way
/// @param location how failures name it
public record Login(
        String host,
        int port,
        String vhost,
        String username,
        String password,
        Optional<Certificates> tls,
        Side side,
        String location) {
    private static final Set<String> ALERTS =
            Set.of("bad_certificate", "unsupported_certificate", "certificate_", "unknown_ca", "access_denied");
    private static final int CONNECT_MILLIS = 10_000;
    private static final int HEARTBEAT_SECONDS = 20;
    /// The connection's heartbeats go on while a channel waits for a queue without a leader.
    private static final int ANSWER_MILLIS = 30_000;

    /// Proves that a connection can be made.
    public void check() {
        try (Connection connection = connect()) {
            if (!connection.isOpen()) {
                throw new IOException("the connection was closed at once");
            }
        } catch (IOException e) {
            throw failure(e, "the connection broke");
        }
    }

    /// A connection that does not mend itself: what was delivered over a broken one is not the new one's to acknowledge.
    public Connection connect() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(host);
        factory.setPort(port);
        factory.setVirtualHost(vhost);
        factory.setUsername(username);
        factory.setPassword(password);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(CONNECT_MILLIS);
        factory.setHandshakeTimeout(CONNECT_MILLIS);
        factory.setChannelRpcTimeout(ANSWER_MILLIS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        try {
            if (tls.isPresent()) {
                factory.useSslProtocol(tls.get().context(side));
                factory.enableHostnameVerification();
            }
            return factory.newConnection("wisent");
        } catch (AuthenticationFailureException e) {
            throw notLetIn(String.valueOf(e.getMessage()), e);
        } catch (SSLException e) {
            throw isUntrusted(e)
                    ? untrusted(e)
                    : tellsOfOurs(e) ? refused(e) : failure(e, "TLS with the broker failed");
        } catch (IOException | TimeoutException e) {
            throw closed(e)
                    .filter(Login::isAboutVhost)
                    .map(close -> notLetIn(close.getReplyText(), e))
                    .orElseGet(() -> unanswered(e));
        } catch (GeneralSecurityException e) {
            throw WisentException.of(side.connection(), "there is no TLS here: " + e.getMessage())
                    .where(location)
                    .causedBy(e);
        }
    }

    private WisentException notLetIn(String said, Exception cause) {
        return WisentException.of(side.connection(), "the broker does not let us in: " + said)
                .where(location)
                .hint("check username, password and vhost in " + side.section()
                        + "; 'wisent secrets check FILE' shows whether references resolve")
                .causedBy(cause);
    }

    private static Optional<AMQP.Connection.Close> closed(Exception failure) {
        return ended(failure)
                .flatMap(signal -> signal.getReason() instanceof AMQP.Connection.Close close
                        ? Optional.of(close)
                        : Optional.empty());
    }

    /// There is no such virtual host, or this user has no rights there. Connections that are too many come with the same code,
    /// and may become fewer.
    private static boolean isAboutVhost(AMQP.Connection.Close close) {
        return close.getReplyCode() == AMQP.NOT_ALLOWED && !close.getReplyText().contains(" limit (");
    }

    private WisentException untrusted(SSLException cause) {
        String hint = tls.flatMap(Certificates::ca).isPresent()
                ? "check tls.ca_file in " + side.section()
                        + ": it holds who signed the broker's certificate, which is for the host as it is written there"
                : "security: tls in " + side.section()
                        + " checks certificate and name against what the JVM trusts; tls.ca_file names a PEM file with who signed the certificate, JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=… another trust store";
        return WisentException.of(side.connection(), "the certificate of the broker is not trusted: " + text(cause))
                .where(location)
                .hint(hint)
                .causedBy(cause);
    }

    /// What a broker says of a certificate it does not take may be lost with the connection: in TLS 1.3 it comes after the
    /// handshake.
    private WisentException unanswered(Exception cause) {
        WisentException failure = failure(cause, "the broker does not answer");
        return tls.isEmpty()
                ? failure
                : failure.hint("check host and port in " + side.section()
                        + ", and, where the broker asks for a certificate, tls.client_file in " + side.section());
    }

    private WisentException refused(SSLException cause) {
        return WisentException.of(
                        side.connection(), "the broker does not take the certificate of this side: " + text(cause))
                .where(location)
                .hint("check tls.client_file in " + side.section()
                        + ": it holds a certificate that the broker's cacertfile vouches for")
                .causedBy(cause);
    }

    /// Whether the broker said that it misses a certificate, or what is wrong with the one it got (RFC 8446, section 6.2).
    private static boolean tellsOfOurs(SSLException failure) {
        String said = text(failure);
        return said.contains("Received fatal alert") && ALERTS.stream().anyMatch(said::contains);
    }

    /// Anything else that goes wrong with TLS may be the network's fault, or that of a broker that is just starting.
    private static boolean isUntrusted(SSLException failure) {
        Optional<Throwable> cause = Optional.of(failure);
        while (cause.isPresent() && !(cause.get() instanceof CertificateException)) {
            cause = Optional.ofNullable(cause.get().getCause());
        }
        return cause.isPresent();
    }

    /// One that may pass: nobody knows whether the request got in.
    public WisentException failure(Exception cause, String what) {
        return WisentException.transientFailure(side.connection(), what + ": " + text(cause), cause)
                .where(location);
    }

    /// What the broker answered no to.
    public WisentException refusal(Exception cause) {
        WisentException refusal = WisentException.of(side.refused(), "the broker refused: " + text(cause))
                .where(location)
                .causedBy(cause);
        return isAboutRights(cause) ? refusal.hint(side.rights() + " in " + side.section()) : refusal;
    }

    private static boolean isAboutRights(Exception refusal) {
        return ended(refusal)
                .filter(signal -> signal.getReason() instanceof AMQP.Channel.Close close
                        && close.getReplyCode() == AMQP.ACCESS_REFUSED)
                .isPresent();
    }

    /// How the broker, and not this side, ended the channel or connection that `failure` is about; empty: it did not.
    public static Optional<ShutdownSignalException> ended(Exception failure) {
        Throwable cause = failure instanceof IOException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ShutdownSignalException signal && !signal.isInitiatedByApplication()
                ? Optional.of(signal)
                : Optional.empty();
    }

    static String text(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /// Without the password (R14).
    @Override
    public String toString() {
        return location;
    }
}
