package dev.wisent.connectors.storagegcs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Stands in for Google Cloud Storage, which can't run here: what Google's client asks of it over HTTP. Objects are in
/// [GcsObjects] (JSON), uploads in parts in [GcsParts] (XML).
public final class GcsServer implements AutoCloseable {
    /// A bucket that nobody may touch.
    public static final String PRIVATE = "private";

    private final HttpServer server;
    private final Set<String> buckets = ConcurrentHashMap.newKeySet();
    private final GcsObjects objects = new GcsObjects();
    private final GcsParts parts = new GcsParts(objects);

    public GcsServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public void createBucket(String name) {
        buckets.add(name);
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// A request, taken apart.
    ///
    /// @param object empty: the bucket
    record Asked(String method, String bucket, String object, Map<String, String> query, byte[] body, String range) {
        boolean has(String key) {
            return query.containsKey(key);
        }
    }

    /// An answer.
    record Answer(int status, String type, byte[] body, Map<String, String> headers) {
        static Answer json(int status, String text) {
            return new Answer(status, "application/json", text.getBytes(StandardCharsets.UTF_8), Map.of());
        }

        static Answer xml(String text) {
            return new Answer(200, "application/xml", text.getBytes(StandardCharsets.UTF_8), Map.of());
        }

        static Answer error(int status, String message) {
            return json(status, "{\"error\":{\"code\":%d,\"message\":\"%s\"}}".formatted(status, message));
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = answer(exchange, body);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (RuntimeException defect) {
            defect.printStackTrace();
            throw defect;
        }
    }

    private Answer answer(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getRawPath();
        String range = String.valueOf(exchange.getRequestHeaders().getFirst("Range"));
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        boolean json = path.contains("/storage/v1/b/");
        String place = json ? path.substring(path.indexOf("/b/") + 3) : path.substring(1);
        String[] names = place.split(json ? "/o/?" : "/", 2);
        String object = names.length > 1 ? decoded(names[1]) : "";
        Asked asked = new Asked(exchange.getRequestMethod(), decoded(names[0]), object, query, body, range);
        if (asked.bucket().equals(PRIVATE)) {
            return Answer.error(403, "caller does not have storage.objects access");
        }
        if (!buckets.contains(asked.bucket())) {
            return Answer.error(404, "The specified bucket does not exist.");
        }
        if (!json) {
            return parts.answer(asked);
        }
        return path.startsWith("/upload/")
                ? objects.insert(asked, exchange.getRequestHeaders().getFirst("Content-Type"))
                : objects.answer(asked);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        Arrays.stream(raw == null ? new String[0] : raw.split("&")).forEach(pair -> {
            String[] parts = pair.split("=", 2);
            query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
        });
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
