package dev.wisent.connectors.secretsgsm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32C;

/// The two services of Google that are asked, on a socket: tokens for a service account, and secrets for who brings the token.
final class FakeGoogle implements AutoCloseable {
    static final String PROJECT = "home-project";
    private static final String TOKEN = "ya29.fake";
    private static final int OK = 200;

    private final HttpServer server;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Map<String, List<Integer>> failures = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    FakeGoogle() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/token", this::token);
        server.createContext("/v1/", this::access);
        server.start();
    }

    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// @param name whole, with its version
    void put(String name, String value) {
        secrets.put(name, value);
    }

    /// The next answers for `name` are these.
    void fail(String name, Integer... statuses) {
        failures.put(name, new CopyOnWriteArrayList<>(statuses));
    }

    /// What was accessed, in order.
    List<String> asked() {
        return List.copyOf(asked);
    }

    /// The key file of a service account whose tokens come from here.
    Path keyFile(Path folder) throws IOException {
        String key;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            key = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        String pem = "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n";
        return Files.writeString(
                folder.resolve("key.json"), """
                {"type": "service_account", "project_id": "%s", "private_key_id": "k1", "private_key": "%s",
                 "client_email": "reader@home-project.iam.gserviceaccount.com", "client_id": "1", "token_uri": "%s/token"}
                """.formatted(PROJECT, pem.replace("\n", "\\n"), endpoint()));
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean signed = body.contains("assertion=ey");
        answer(
                exchange,
                signed ? OK : 400,
                "{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }

    private void access(HttpExchange exchange) throws IOException {
        String name =
                exchange.getRequestURI().getPath().replaceFirst("^/v1/", "").replaceFirst(":access$", "");
        asked.add(name);
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, error(401, "UNAUTHENTICATED", "no token"));
            return;
        }
        List<Integer> next = failures.getOrDefault(name, List.of());
        if (!next.isEmpty()) {
            int status = next.removeFirst();
            answer(
                    exchange,
                    status,
                    error(status, "FAILED", "Permission 'secretmanager.versions.access' denied or so"));
            return;
        }
        String value = secrets.get(name);
        if (value == null) {
            answer(exchange, 404, error(404, "NOT_FOUND", "Secret [" + name + "] not found or has no versions."));
            return;
        }
        byte[] data = value.getBytes(StandardCharsets.UTF_8);
        CRC32C sum = new CRC32C();
        sum.update(data);
        answer(
                exchange,
                OK,
                "{\"name\":\"" + name + "\",\"payload\":{\"data\":\""
                        + Base64.getEncoder().encodeToString(data) + "\",\"dataCrc32c\":\"" + sum.getValue() + "\"}}");
    }

    private static String error(int code, String status, String message) {
        return "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\",\"status\":\"" + status + "\"}}";
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
