package dev.wisent.connectors.queuerabbitmq;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.queue.QueueRequest;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/// A broker that is known and not connected to.
record RabbitHandle(RabbitOptions options) implements QueueHandle {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int HEARTBEAT_SECONDS = 20;
    /// The connection's heartbeats go on while a channel waits for a queue without a leader.
    private static final int ANSWER_MILLIS = 30_000;

    @Override
    public String location() {
        return options.location();
    }

    @Override
    public MessageQueue open(QueueRequest request) {
        return new RabbitQueue(this, request);
    }

    @Override
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
    Connection connect() {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(options.host());
        factory.setPort(options.port());
        factory.setVirtualHost(options.vhost());
        factory.setUsername(options.username());
        factory.setPassword(options.password());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setConnectionTimeout(CONNECT_MILLIS);
        factory.setHandshakeTimeout(CONNECT_MILLIS);
        factory.setChannelRpcTimeout(ANSWER_MILLIS);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        try {
            if (options.security() == RabbitOptions.Security.TLS) {
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
            return factory.newConnection("wisent");
        } catch (AuthenticationFailureException e) {
            throw WisentException.of(ErrorCode.QUEUE_UNREACHABLE, "the broker does not let us in: " + e.getMessage())
                    .where(location())
                    .hint(
                            "check username, password and vhost in engine.queue.config.queue; 'wisent secrets check FILE' shows whether references resolve")
                    .causedBy(e);
        } catch (SSLException e) {
            throw isUntrusted(e) ? untrusted(e) : failure(e, "TLS with the broker failed");
        } catch (IOException | TimeoutException e) {
            throw failure(e, "the broker does not answer");
        } catch (GeneralSecurityException e) {
            throw WisentException.of(ErrorCode.QUEUE_UNREACHABLE, "there is no TLS here: " + e.getMessage())
                    .where(location())
                    .causedBy(e);
        }
    }

    private WisentException untrusted(SSLException cause) {
        return WisentException.of(
                        ErrorCode.QUEUE_UNREACHABLE, "the certificate of the broker is not trusted: " + text(cause))
                .where(location())
                .hint(
                        "security: tls in engine.queue.config.queue checks certificate and name against what the JVM trusts; another trust store is named by JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=…")
                .causedBy(cause);
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
    WisentException failure(Exception cause, String what) {
        return WisentException.transientFailure(ErrorCode.QUEUE_UNREACHABLE, what + ": " + text(cause), cause)
                .where(location());
    }

    static String text(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
