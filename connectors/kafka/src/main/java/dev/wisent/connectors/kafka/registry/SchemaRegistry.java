package dev.wisent.connectors.kafka.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The schemas of one registry, asked for by id. Any thread.
final class SchemaRegistry implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    /// A schema that names others names this many at most, or one that names itself.
    private static final int MOST_REFERENCES = 1_000;

    private final RegistryOptions options;
    private Optional<RegistryClient> client = Optional.empty();

    SchemaRegistry(RegistryOptions options) {
        this.options = options;
    }

    /// Empty: the registry has none of that id.
    Optional<StoredSchema> schema(SchemaId id) {
        return switch (id) {
            case SchemaId.Numbered(int number) -> confluent("/schemas/ids/" + Integer.toUnsignedString(number));
            case SchemaId.Guid(var guid) -> confluent("/schemas/guids/" + guid);
            case SchemaId.Global(long number) -> apicurio("/ids/globalIds/" + number);
            case SchemaId.Content(long number) -> apicurio("/ids/contentIds/" + number);
        };
    }

    private Optional<StoredSchema> apicurio(String path) {
        return client().get(path).map(text -> new StoredSchema(StoredSchema.AVRO, text, List.of()));
    }

    private Optional<StoredSchema> confluent(String path) {
        Optional<String> answer = client().get(path);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        JsonNode found = json(answer.get(), path);
        Map<String, String> referenced = new LinkedHashMap<>();
        addReferenced(found, path, referenced);
        return Optional.of(new StoredSchema(
                found.path("schemaType").asText(StoredSchema.AVRO),
                text(found, path),
                new ArrayList<>(referenced.values())));
    }

    /// Those that `schema` names, and before each those it names.
    private void addReferenced(JsonNode schema, String path, Map<String, String> referenced) {
        for (JsonNode reference : schema.path("references")) {
            String at = "/subjects/" + escaped(reference.path("subject").asText()) + "/versions/"
                    + reference.path("version").asInt();
            if (referenced.containsKey(at)) {
                continue;
            }
            if (referenced.size() > MOST_REFERENCES) {
                throw unreadable(path, "it names more than " + MOST_REFERENCES + " others");
            }
            referenced.put(at, ""); // a schema that names itself ends here
            JsonNode found = json(
                    client().get(at)
                            .orElseThrow(() -> unreadable(path, "it names " + at + ", which the registry has not")),
                    at);
            addReferenced(found, at, referenced);
            referenced.remove(at);
            referenced.put(at, text(found, at)); // behind those it names
        }
    }

    private JsonNode json(String answer, String path) {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw unreadable(path, "the answer is no JSON").causedBy(e);
        }
    }

    private String text(JsonNode found, String path) {
        JsonNode text = found.path("schema");
        if (!text.isTextual()) {
            throw unreadable(path, "the answer has no schema");
        }
        return text.asText();
    }

    private WisentException unreadable(String path, String why) {
        return WisentException.of(ErrorCode.SOURCE_FAILED, "the schema registry's answer can't be used: " + why)
                .where(options.url() + path)
                .hint("is schema_registry.url the address of its API, and schema_registry.type whose it is?");
    }

    private static String escaped(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private synchronized RegistryClient client() {
        if (client.isEmpty()) {
            client = Optional.of(new RegistryClient(options));
        }
        return client.get();
    }

    @Override
    public synchronized void close() {
        client.ifPresent(RegistryClient::close);
        client = Optional.empty();
    }
}
