package dev.wisent.connectors.kafka.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
    private final String type;
    private Optional<RegistryClient> client = Optional.empty();

    /// @param type of the schemas that are meant, where the registry does not tell
    SchemaRegistry(RegistryOptions options, String type) {
        this.options = options;
        this.type = type;
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

    /// What a schema of Avro names is not asked for.
    private Optional<StoredSchema> apicurio(String path) {
        return client().get(path).map(text -> {
            Map<String, StoredSchema.Reference> referenced = new LinkedHashMap<>();
            if (type.equals(StoredSchema.PROTOBUF)) {
                addReferenced(path, referenced);
            }
            return new StoredSchema(type, text, List.copyOf(referenced.values()));
        });
    }

    /// Those that the schema at `path` names, and before each those it names. An answer without any is `[]`.
    private void addReferenced(String path, Map<String, StoredSchema.Reference> referenced) {
        String asked = path + "/references";
        for (JsonNode reference : json(client().get(asked).orElse("[]"), asked)) {
            String group = reference.path("groupId").asText("default");
            String at = "/groups/" + escaped(group) + "/artifacts/"
                    + escaped(reference.path("artifactId").asText()) + "/versions/"
                    + escaped(reference.path("version").asText());
            String content = isVersion2() ? at : at + "/content";
            if (referenced.containsKey(at)) {
                continue;
            }
            refuseEndless(path, referenced);
            String text = client().get(content).orElseThrow(() -> gone(path, content));
            referenced.put(at, new StoredSchema.Reference("", "")); // a schema that names itself ends here
            addReferenced(at, referenced);
            referenced.remove(at);
            referenced.put(at, new StoredSchema.Reference(reference.path("name").asText(), text));
        }
    }

    private boolean isVersion2() {
        return options.url().getPath().endsWith("/v2");
    }

    private Optional<StoredSchema> confluent(String path) {
        Optional<String> answer = client().get(path);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        JsonNode found = json(answer.get(), path);
        Map<String, StoredSchema.Reference> referenced = new LinkedHashMap<>();
        addReferenced(found, path, referenced);
        return Optional.of(new StoredSchema(
                found.path("schemaType").asText(StoredSchema.AVRO),
                text(found, path),
                List.copyOf(referenced.values())));
    }

    /// Those that `schema` names, and before each those it names.
    private void addReferenced(JsonNode schema, String path, Map<String, StoredSchema.Reference> referenced) {
        for (JsonNode reference : schema.path("references")) {
            String at = "/subjects/" + escaped(reference.path("subject").asText()) + "/versions/"
                    + reference.path("version").asInt();
            if (referenced.containsKey(at)) {
                continue;
            }
            refuseEndless(path, referenced);
            referenced.put(at, new StoredSchema.Reference("", "")); // a schema that names itself ends here
            JsonNode found = json(client().get(at).orElseThrow(() -> gone(path, at)), at);
            addReferenced(found, at, referenced);
            referenced.remove(at);
            String name = reference.path("name").asText();
            referenced.put(at, new StoredSchema.Reference(name, text(found, at))); // behind those it names
        }
    }

    private void refuseEndless(String path, Map<String, StoredSchema.Reference> referenced) {
        if (referenced.size() > MOST_REFERENCES) {
            throw unreadable(path, "it names more than " + MOST_REFERENCES + " others");
        }
    }

    private WisentException gone(String path, String named) {
        return unreadable(path, "it names " + named + ", which the registry has not");
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
