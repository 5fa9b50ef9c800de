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
                    List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost"));
            made.keytool(List.of("-exportcert", "-rfc", "-file", made.ca.toString()));
            made.writeKey();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void writeKey() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        byte[] pkcs8 = keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
        String lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(pkcs8);
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
    }

    private void keytool(List<String> what) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(
                Path.of(System.getProperty("java.home", ""), "bin", "keytool").toString());
        command.addAll(what);
        command.addAll(List.of(
                "-alias", ALIAS, "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
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
