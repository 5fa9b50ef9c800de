package dev.wisent.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A certificate for localhost that nobody signed but itself, made by the JDK's own tool: for a service of the tests that is
/// reached by TLS.
///
/// @param store PKCS12, with the key, under [#PASSWORD]
/// @param ca PEM: the certificate, for those who are to trust it
/// @param key PEM: the private key, without a password
public record SelfSigned(Path store, Path ca, Path key) {
    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "service";
    private static final int PEM_LINE = 64;

    /// Makes one in `folder`, whose files of these names are replaced.
    public static SelfSigned in(Path folder) {
        SelfSigned made = new SelfSigned(
                folder.resolve("service.p12"), folder.resolve("ca.pem"), folder.resolve("service-key.pem"));
        try {
            Files.deleteIfExists(made.store);
            made.keytool(
                    ALIAS,
                    List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost"));
            made.keytool(ALIAS, List.of("-exportcert", "-rfc", "-file", made.ca.toString()));
            made.writeKey(ALIAS, made.key);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The certificate of somebody who shows that this one vouches for him.
    ///
    /// @param chain PEM: his certificate
    /// @param key PEM: his private key, without a password
    public record Client(Path chain, Path key) {}

    /// Makes one, in the same folder.
    public Client client() {
        String client = "client";
        Client made = new Client(store.resolveSibling("client.pem"), store.resolveSibling("client-key.pem"));
        try {
            keytool(client, List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=client", "-signer", ALIAS));
            keytool(client, List.of("-exportcert", "-rfc", "-file", made.chain.toString()));
            writeKey(client, made.key);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void writeKey(String alias, Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] pkcs8 = keys.getKey(alias, PASSWORD.toCharArray()).getEncoded();
        String lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(pkcs8);
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
    }

    private void keytool(String alias, List<String> what) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(
                Path.of(System.getProperty("java.home", ""), "bin", "keytool").toString());
        command.addAll(what);
        command.addAll(List.of(
                "-alias", alias, "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
