package dev.wisent.connectors.kafka.read;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.connectors.kafka.protobuf.ProtobufKeys;
import dev.wisent.connectors.kafka.protobuf.ProtobufOptions;
import dev.wisent.connectors.kafka.registry.RegistryKeys;
import dev.wisent.connectors.kafka.registry.RegistryOptions;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What the bytes of messages are.
///
/// @param registry where schemas are; there is one where something is Avro
/// @param protobuf the message that values in Protobuf are; empty: the registry says it
record DecodeOptions(
        Encoding encoding,
        KeyEncoding keys,
        Unwrap unwrap,
        Optional<RegistryOptions> registry,
        Optional<ProtobufOptions> protobuf) {
    /// What the bytes of a value are.
    enum Encoding {
        JSON,
        TEXT,
        AVRO,
        PROTOBUF;

        /// Whether values have a schema of their own.
        boolean isTyped() {
            return this == AVRO || this == PROTOBUF;
        }
    }

    /// What the bytes of a key are.
    enum KeyEncoding {
        /// Or text, or any bytes.
        JSON,
        AVRO,
        PROTOBUF
    }

    /// What is made of values that are change events.
    enum Unwrap {
        /// They are values as any others.
        NONE,
        /// Their rows, and what became of those.
        DEBEZIUM
    }

    private static final String DEBEZIUM = "use json or avro, and unwrap: debezium";

    private static final Key<Optional<Encoding>> ENCODING = Key.choice(
                    "message_encoding", words(), Map.of("utf-8", Encoding.JSON), Map.of("debezium", DEBEZIUM))
            .about("what the bytes of values are; `utf-8` is `json`")
            .optional("`json`; `avro` with a `schema_registry`");
    private static final Key<KeyEncoding> KEYS = Key.choice("key_encoding", KeyEncoding.class)
            .about("what the bytes of keys are; `json` takes other text and bytes, too")
            .standard(KeyEncoding.JSON);
    private static final Key<Unwrap> UNWRAP = Key.choice("unwrap", Unwrap.class)
            .about(
                    "what is made of change events: with `debezium` their rows, each with what became of it (insert, update, delete)")
            .standard(Unwrap.NONE);

    static final ConfigShape SHAPE =
            ConfigShape.of(ENCODING, KEYS, UNWRAP).and(RegistryKeys.SHAPE).and(ProtobufKeys.SECTION);

    private static Map<String, Encoding> words() {
        Map<String, Encoding> words = new LinkedHashMap<>();
        words.put("json", Encoding.JSON);
        words.put("text", Encoding.TEXT);
        words.put("avro", Encoding.AVRO);
        words.put("protobuf", Encoding.PROTOBUF);
        return words;
    }

    /// @param authentication the section with the login to the brokers, where Bizon has its registry
    static DecodeOptions read(ConfigSection config, Optional<ConfigSection> authentication, ReadOptions.ReadAs readAs) {
        Optional<RegistryOptions> registry = RegistryKeys.read(config, authentication);
        Encoding encoding = config.read(ENCODING).orElse(registry.isPresent() ? Encoding.AVRO : Encoding.JSON);
        DecodeOptions options = new DecodeOptions(
                encoding, config.read(KEYS), config.read(UNWRAP), registry, ProtobufKeys.read(config));
        options.refuseWithoutSchema(config);
        if (options.isUnwrapped() && encoding == Encoding.PROTOBUF) {
            config.problem(
                    UNWRAP.name(),
                    "change events are not read of Protobuf in this version",
                    "use message_encoding: json, or avro");
        }
        if (readAs == ReadOptions.ReadAs.COLUMNS && encoding == Encoding.TEXT) {
            config.problem("read_as", "text has no fields", "use read_as: message, or value");
        }
        if (options.isUnwrapped() && encoding == Encoding.TEXT) {
            config.problem(UNWRAP.name(), "text has no change events", "use message_encoding: json, or avro");
        }
        if (options.isUnwrapped() && readAs == ReadOptions.ReadAs.MESSAGE) {
            config.problem(
                    UNWRAP.name(), "a whole message is not the row of a change event", "read_as: columns, or value");
        }
        return options;
    }

    private void refuseWithoutSchema(ConfigSection config) {
        boolean value = encoding == Encoding.AVRO || (encoding == Encoding.PROTOBUF && protobuf.isEmpty());
        if ((value || keys != KeyEncoding.JSON) && registry.isEmpty()) {
            Enum<?> needs = value ? encoding : keys;
            config.problem(
                    value ? ENCODING.name() : KEYS.name(),
                    needs.name().toLowerCase(Locale.ROOT) + " needs a schema registry"
                            + (encoding == Encoding.PROTOBUF && value ? ", or the section 'protobuf'" : ""),
                    "schema_registry: {type: confluent, url: \"http://localhost:8081\"}");
        }
        if (protobuf.isPresent() && encoding != Encoding.PROTOBUF) {
            config.problem(ProtobufKeys.SECTION.name(), "is for message_encoding: protobuf", "");
        }
        if (protobuf.isPresent() && encoding == Encoding.PROTOBUF && keys == KeyEncoding.JSON && registry.isPresent()) {
            config.problem(
                    ProtobufKeys.SECTION.name(), "stands beside a schema_registry: one of them has the schema", "");
        }
    }

    boolean isUnwrapped() {
        return unwrap == Unwrap.DEBEZIUM;
    }

    String fingerprint() {
        return "encoding=" + encoding + fingerprintOf("keys", keys, KeyEncoding.JSON)
                + fingerprintOf("unwrap", unwrap, Unwrap.NONE)
                + registry.map(each -> " registry=" + each.fingerprint()).orElse("")
                + protobuf.map(each -> " protobuf=" + each.fingerprint()).orElse("");
    }

    /// What is as ever is left out, so that fingerprints of earlier versions stay.
    private static String fingerprintOf(String name, Enum<?> value, Enum<?> standard) {
        return value == standard ? "" : " " + name + "=" + value;
    }
}
