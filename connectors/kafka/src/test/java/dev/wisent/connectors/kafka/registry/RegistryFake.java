package dev.wisent.connectors.kafka.registry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/// Answers as Confluent's registry does, and as Apicurio's does below `/apis/registry/v2`, over a socket; for registries that
/// can't run here.
public final class RegistryFake implements AutoCloseable {
    public static final String APICURIO = "/apis/registry/v2";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final String scheme;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile int failure;
    private volatile Optional<String> login = Optional.empty();

    private RegistryFake(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::answer);
        server.start();
    }

    public static RegistryFake start() {
        try {
            return new RegistryFake(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RegistryFake start(SSLContext tls) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return new RegistryFake(server, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    /// Which paths were asked for, in turn.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /// The next `times` answers are this status.
    public void fail(int status, int times) {
        failure = status;
        failures.set(times);
    }

    /// From now on only who has this header `Authorization` is answered.
    public void only(String authorization) {
        login = Optional.of(authorization);
    }

    public void confluent(int id, String schema) {
        ObjectNode node = JSON.createObjectNode().put("schema", schema);
        answers.put("/schemas/ids/" + id, node.toString());
    }

    public void protobuf(int id, String schema) {
        ObjectNode node = JSON.createObjectNode().put("schema", schema).put("schemaType", "PROTOBUF");
        answers.put("/schemas/ids/" + id, node.toString());
    }

    /// A schema that imports another one, which is version 1 of `subject`.
    public void protobuf(int id, String schema, String imported, String subject) {
        ObjectNode node = JSON.createObjectNode().put("schema", schema).put("schemaType", "PROTOBUF");
        node.putArray("references")
                .addObject()
                .put("name", imported)
                .put("subject", subject)
                .put("version", 1);
        answers.put("/schemas/ids/" + id, node.toString());
    }

    /// An answer as it is.
    public void put(String path, String answer) {
        answers.put(path, answer);
    }

    /// What Confluent's answers with a schema that names another one.
    public static String naming(String schema, String name, String subject, int version) {
        ObjectNode node = JSON.createObjectNode().put("schema", schema);
        node.putArray("references")
                .addObject()
                .put("name", name)
                .put("subject", subject)
                .put("version", version);
        return node.toString();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            asked.add(path);
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(failure, -1);
                return;
            }
            String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            if (login.isPresent() && !login.get().equals(given)) {
                exchange.sendResponseHeaders(UNAUTHORIZED, -1);
                return;
            }
            String answer = answers.get(path);
            if (answer == null) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(OK, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /// `value` by Avro's own writer.
    public static byte[] avro(Schema schema, Object value) {
        try {
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(schema).write(value, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A zero, the id in four bytes, then `content`.
    public static byte[] framed(int id, byte[] content) {
        return ByteBuffer.allocate(1 + Integer.BYTES + content.length)
                .put((byte) 0)
                .putInt(id)
                .put(content)
                .array();
    }

    /// A zero, the id in eight bytes, then `content`.
    public static byte[] framed(long id, byte[] content) {
        return ByteBuffer.allocate(1 + Long.BYTES + content.length)
                .put((byte) 0)
                .putLong(id)
                .put(content)
                .array();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
