package dev.wisent.connectors.kafka.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/// Avro's schemas by id, each asked for once. That an id is unknown is asked again after a while: its schema may come. Any
/// thread.
public final class AvroSchemas implements AutoCloseable {
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
    /// Ids in messages that are something else could be any.
    private static final int MOST_UNKNOWN = 1_000;

    private final RegistryOptions options;
    private final SchemaRegistry registry;
    private final Map<SchemaId, Found> known = new ConcurrentHashMap<>();
    private final Map<SchemaId, Long> unknown = new LinkedHashMap<>();

    /// What an id stands for.
    public sealed interface Found {
        record Known(Schema schema) implements Found {}

        /// There is no schema of that id, or one that no record of Avro has.
        record None(String why) implements Found {}
    }

    public AvroSchemas(RegistryOptions options) {
        this.options = options;
        this.registry = new SchemaRegistry(options);
    }

    /// Where messages have ids of these schemas.
    public SchemaIds ids(SchemaIds.Part part) {
        return new SchemaIds(options, part);
    }

    /// Proves that the registry answers whoever asks here, by an id no schema has.
    ///
    /// @throws dev.wisent.api.error.WisentException when it does not
    public void check() {
        registry.schema(
                options.kind() == RegistryOptions.Kind.CONFLUENT ? new SchemaId.Numbered(0) : new SchemaId.Global(0));
    }

    /// @throws dev.wisent.api.error.WisentException when the registry does not answer
    public Found schema(SchemaId id) {
        Found found = known.get(id);
        return found == null ? ask(id) : found;
    }

    private synchronized Found ask(SchemaId id) {
        Found meanwhile = known.get(id);
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
        Found parsed = parsed(id, stored.get());
        known.put(id, parsed);
        return parsed;
    }

    private Found missing(SchemaId id) {
        return new Found.None("the schema registry at " + options.url() + " has no " + id);
    }

    /// Names are taken as they are: other languages' writers don't keep to Java's rules.
    private static Found parsed(SchemaId id, StoredSchema stored) {
        if (!stored.type().equals(StoredSchema.AVRO)) {
            return new Found.None(id + " is of type " + stored.type() + ", and no Avro");
        }
        try {
            Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
            stored.referenced().forEach(parser::parse);
            return new Found.Known(parser.parse(stored.text()));
        } catch (RuntimeException e) {
            return new Found.None(id + " can't be read as a schema of Avro: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
