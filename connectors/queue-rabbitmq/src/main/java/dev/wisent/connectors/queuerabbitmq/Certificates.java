package dev.wisent.connectors.queuerabbitmq;

import dev.wisent.api.config.Key;
import dev.wisent.api.error.WisentException;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/// What TLS goes by: whom this side trusts, and how it shows who it is. Files are PEM, and read when a connection is made.
///
/// @param ca who signed the broker's certificate; empty: what the JVM trusts
/// @param client what is shown to a broker that asks; empty: what the JVM shows where nothing is said of `ca` either, else
///     nothing
record Certificates(Optional<Path> ca, Optional<Client> client) {
    /// What the JVM trusts and shows.
    static final Certificates OF_THE_JVM = new Certificates(Optional.empty(), Optional.empty());

    /// This side's certificate, and those up to one the broker knows.
    ///
    /// @param key the private key, in the same file or in one of its own
    record Client(Path chain, Path key) {}

    /// @throws WisentException where a file can't be used
    SSLContext context(Side side) throws GeneralSecurityException, SSLException {
        if (equals(OF_THE_JVM)) {
            return SSLContext.getDefault();
        }
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        ca.ifPresent(file -> {
            readable(side, LoginKeys.CA_FILE, file);
            use(side, LoginKeys.CA_FILE, file, () -> builder.trustManager(file.toFile()));
        });
        client.ifPresent(own -> {
            readable(side, LoginKeys.CLIENT_FILE, own.chain());
            readable(side, LoginKeys.CLIENT_KEY_FILE, own.key());
            File chain = own.chain().toFile();
            File key = own.key().toFile();
            use(side, LoginKeys.CLIENT_FILE, own.chain(), () -> builder.keyManager(chain, key));
        });
        return ((JdkSslContext) builder.build()).context();
    }

    private static void readable(Side side, Key<?> key, Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw failure(side, key, file, "there is no such file, or it is not ours to read");
        }
    }

    private static void use(Side side, Key<?> key, Path file, Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException failed) {
            throw failure(side, key, file, Login.text(failed))
                    .hint(
                            failed.getCause() instanceof KeyException
                                    ? "the key is to be in PKCS #8 and without a password (-----BEGIN PRIVATE KEY-----): openssl pkcs8 -topk8 -nodes -in KEY -out NEW makes one of another"
                                    : "a PEM file with certificates, -----BEGIN CERTIFICATE-----")
                    .causedBy(failed);
        }
    }

    private static WisentException failure(Side side, Key<?> key, Path file, String why) {
        return WisentException.of(side.connection(), "tls." + key.name() + " can't be used: " + why)
                .where(file.toString());
    }
}
