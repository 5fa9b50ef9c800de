package dev.wisent.connectors.kafka.read;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.format.DeclaredSchema;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.ValueForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `read_as: columns` needs to know.
///
/// @param schema of the values; empty: inferred
/// @param forms how values of its columns are written
/// @param metadata what is known of a message beside its value and becomes a column, too
record ColumnOptions(Optional<Schema> schema, ValueForm.ByColumn forms, Contract contract, List<Metadata> metadata) {
    ColumnOptions {
        metadata = List.copyOf(metadata);
    }

    /// What a message has beside its value.
    enum Metadata {
        TOPIC(DataType.STRING),
        PARTITION(DataType.INT32),
        OFFSET(DataType.INT64),
        TIMESTAMP(DataType.TIMESTAMP),
        KEY(DataType.STRING),
        HEADERS(DataType.JSON),
        /// What became of the row of a change event.
        OP(DataType.STRING);

        private final DataType type;

        Metadata(DataType type) {
            this.type = type;
        }

        /// The column it becomes.
        Field field() {
            return Field.nullable("kafka_" + name().toLowerCase(java.util.Locale.ROOT), type);
        }
    }

    private static final Key<Optional<ConfigSection>> SCHEMA = Key.nested("schema", DeclaredSchema.KEYS)
            .about("with `read_as: columns`: what values look like")
            .optional("inferred from the first messages");
    private static final String EXPLICIT = "`evolve`; with a schema `discard_row`";
    private static final Key<Optional<Contract.Mode>> COLUMNS = Key.choice("columns", Contract.Mode.class)
            .about("what becomes of new columns")
            .optional("`evolve`; with a schema `discard_value`");
    private static final Key<Optional<Contract.Mode>> TYPES = Key.choice("types", Contract.Mode.class)
            .about("what becomes of values that don't fit")
            .optional(EXPLICIT);
    private static final Key<Optional<Contract.Mode>> MISSING = Key.choice("missing", Contract.Mode.class)
            .about("what becomes of values that are missing")
            .optional(EXPLICIT);
    private static final Key<ConfigSection> CONTRACT = Key.nested("contract", ConfigShape.of(COLUMNS, TYPES, MISSING))
            .about("with `read_as: columns`: what becomes of values that don't fit the schema")
            .orEmpty();
    private static final Key<List<Metadata>> METADATA = Key.texts("metadata")
            .about(
                    "with `read_as: columns`: also columns, as `kafka_topic` and so on; of `topic`, `partition`, `offset`, `timestamp`, `key`, `headers`, `op`")
            .as(
                    "of topic, partition, offset, timestamp, key, headers, op",
                    List.<Metadata>of(),
                    ColumnOptions::metadata)
            .orEmpty();

    static final ConfigShape KEYS = ConfigShape.of(SCHEMA, CONTRACT, METADATA);

    static ColumnOptions read(ConfigSection config, ReadOptions.ReadAs readAs, DecodeOptions decoding) {
        Optional<DeclaredSchema> declared = config.read(SCHEMA).map(DeclaredSchema::read);
        Optional<Schema> schema = declared.map(DeclaredSchema::schema);
        ValueForm.ByColumn forms = declared.map(DeclaredSchema::forms).orElse(ValueForm.ByColumn.STANDARD);
        if (!forms.isStandard() && decoding.encoding().isTyped()) {
            config.problem(
                    SCHEMA.name(), "unit and encoding are for values that are text: a schema says what others are", "");
        }
        Contract standard = schema.isPresent() ? Contract.EXPLICIT : Contract.INFERRED;
        ConfigSection section = config.read(CONTRACT);
        Contract contract = new Contract(
                section.read(COLUMNS).orElse(standard.columns()),
                section.read(TYPES).orElse(standard.types()),
                section.read(MISSING).orElse(standard.missing()));
        List<Metadata> metadata = config.read(METADATA);
        if (readAs != ReadOptions.ReadAs.COLUMNS) {
            for (Key<?> key : List.of(SCHEMA, CONTRACT, METADATA)) {
                if (config.has(key.name())) {
                    config.problem(key.name(), "is for read_as: columns", "");
                }
            }
        }
        if (metadata.contains(Metadata.OP) && !decoding.isUnwrapped()) {
            config.problem(METADATA.name(), "only change events have an 'op'", "unwrap: debezium");
        }
        for (Metadata each : metadata) {
            if (schema.isPresent() && schema.get().indexOf(each.field().name()).isPresent()) {
                config.problem(METADATA.name(), "'" + each.field().name() + "' is a field of schema, too", "");
            }
        }
        return new ColumnOptions(schema, forms, contract, metadata);
    }

    private static List<Metadata> metadata(List<String> names) {
        Map<String, Metadata> known = new LinkedHashMap<>();
        for (Metadata each : Metadata.values()) {
            known.put(each.name().toLowerCase(java.util.Locale.ROOT), each);
        }
        List<Metadata> chosen = new ArrayList<>();
        for (String name : names) {
            Metadata found = known.get(name);
            if (found == null || chosen.contains(found)) {
                throw new IllegalArgumentException(
                        found == null ? "there is no '" + name + "'" : "'" + name + "' stands twice");
            }
            chosen.add(found);
        }
        return chosen;
    }

    /// The columns of values together with those of [#metadata].
    Schema with(Schema values) {
        List<Field> fields = new ArrayList<>(values.fields());
        metadata.stream()
                .map(Metadata::field)
                .filter(field -> values.indexOf(field.name()).isEmpty())
                .forEach(fields::add);
        return Schema.of(fields);
    }

    String fingerprint() {
        return "schema=" + schema + " contract=" + contract + " metadata=" + metadata
                + (forms.isStandard() ? "" : " forms=" + forms);
    }
}
