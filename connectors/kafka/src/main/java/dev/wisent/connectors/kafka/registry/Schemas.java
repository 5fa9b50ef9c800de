package dev.wisent.connectors.kafka.registry;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.wisent.connectors.kafka.protobuf.ProtoFiles;
import dev.wisent.connectors.kafka.protobuf.ProtoText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/// Schemas by id, each asked for once. That an id is unknown is asked again after a while: its schema may come. Any thread.
///
/// @param <T> what is made of one
public final class Schemas<T> implements AutoCloseable {
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
    /// Ids in messages that are something else could be any.
    private static final int MOST_UNKNOWN = 1_000;
    /// A name nobody imports a file by.
    private static final String MAIN = "the schema itself";

    private final RegistryOptions options;
    private final Language<T> language;
    private final SchemaRegistry registry;
    private final Map<SchemaId, Found<T>> known = new ConcurrentHashMap<>();
    private final Map<SchemaId, Long> unknown = new LinkedHashMap<>();

    /// What an id stands for.
    public sealed interface Found<T> {
        record Known<T>(T schema) implements Found<T> {}

        /// There is no schema of that id, or none of this language.
        record None<T>(String why) implements Found<T> {}
    }

    /// What schemas are written in.
    ///
    /// @param type what registries call it
    /// @param name what people do
    /// @param reading throws any exception at a schema that is none
    private record Language<T>(String type, String name, Function<StoredSchema, T> reading) {}

    private Schemas(RegistryOptions options, Language<T> language) {
        this.options = options;
        this.language = language;
        this.registry = new SchemaRegistry(options, language.type());
    }

    /// Names are taken as they are: other languages' writers don't keep to Java's rules.
    public static Schemas<Schema> avro(RegistryOptions options) {
        return new Schemas<>(options, new Language<>(StoredSchema.AVRO, "Avro", stored -> {
            Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
            stored.referenced().forEach(each -> parser.parse(each.text()));
            return parser.parse(stored.text());
        }));
    }

    public static Schemas<ProtoFiles> protobuf(RegistryOptions options) {
        return new Schemas<>(options, new Language<>(StoredSchema.PROTOBUF, "Protobuf", stored -> {
            Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
            for (StoredSchema.Reference each : stored.referenced()) {
                files.put(each.name(), ProtoText.parse(each.name(), each.text()));
            }
            files.put(MAIN, ProtoText.parse(MAIN, stored.text()));
            return ProtoFiles.link(MAIN, files);
        }));
    }

    /// Where messages have ids of these schemas.
    public SchemaIds ids(SchemaIds.Part part) {
        return new SchemaIds(options, part);
    }

    /// Where messages in Protobuf name themselves.
    public MessageNames names(SchemaIds.Part part) {
        return new MessageNames(options, part);
    }

    /// Proves that the registry answers whoever asks here, by an id no schema has.
    ///
    /// @throws dev.wisent.api.error.WisentException when it does not
    public void check() {
        registry.schema(
                options.kind() == RegistryOptions.Kind.CONFLUENT ? new SchemaId.Numbered(0) : new SchemaId.Global(0));
    }

    /// @throws dev.wisent.api.error.WisentException when the registry does not answer
    public Found<T> schema(SchemaId id) {
        Found<T> found = known.get(id);
        return found == null ? ask(id) : found;
    }

    private synchronized Found<T> ask(SchemaId id) {
        Found<T> meanwhile = known.get(id);
        if (meanwhile != null) {
            return meanwhile;
        }
        long now = System.nanoTime();
        Long asked = unknown.get(id);
        if (asked != null && now - asked < UNKNOWN_FOR.toNanos()) {
            return missing(id);
        }
        Optional<StoredSchema> stored = registry.schema(id);
        if (stored.isEmpty()) {
            if (unknown.size() >= MOST_UNKNOWN) {
                unknown.clear();
            }
            unknown.put(id, now);
            return missing(id);
        }
        unknown.remove(id);
        Found<T> parsed = parsed(id, stored.get());
        known.put(id, parsed);
        return parsed;
    }

    private Found<T> missing(SchemaId id) {
        return new Found.None<>("the schema registry at " + options.url() + " has no " + id);
    }

    private Found<T> parsed(SchemaId id, StoredSchema stored) {
        if (!stored.type().equals(language.type())) {
            return new Found.None<>(id + " is of type " + stored.type() + ", and no " + language.name());
        }
        try {
            return new Found.Known<>(language.reading().apply(stored));
        } catch (RuntimeException e) {
            return new Found.None<>(id + " can't be read as a schema of " + language.name() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
