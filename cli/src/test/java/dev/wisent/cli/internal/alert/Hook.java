package dev.wisent.cli.internal.alert;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/// A server with a webhook whose address is a secret, on this machine.
public final class Hook implements AutoCloseable {
    public static final String SECRET = "T0PS3CRET-hook-path";

    private final HttpServer server;
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();

    /// @param answers the statuses of the first requests; the others are 200
    public Hook(Integer... answers) {
        this.answers.addAll(List.of(answers));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = this.answers.isEmpty() ? 200 : this.answers.removeFirst();
            if (exchange.getRequestMethod().equals("POST") && status == 200) {
                texts.add(JsonMapper.shared().readTree(body).path("text").asString());
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    public String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/services/" + SECRET;
    }

    /// What was posted and accepted, in order.
    public List<String> texts() {
        return List.copyOf(texts);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
