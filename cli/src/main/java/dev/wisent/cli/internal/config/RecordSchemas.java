package dev.wisent.cli.internal.config;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.config.KeyDraft;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Nullability;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `destination.config.record_schemas`: the columns of each target.
final class RecordSchemas {
    enum Mode {
        NULLABLE,
        REQUIRED,
        REPEATED
    }

    private static final Key<String> NAME =
            Key.text("name").about("the column's name").required();
    private static final Key<DataType> TYPE = Key.text("type")
            .about("a type of formats.md")
            .as("a type", DataType.STRING, TypeParser::parse)
            .required();
    private static final Key<Mode> MODE = Key.choice("mode", Mode.class)
            .about("whether a value may be missing, must be there, or is a list")
            .standard(Mode.NULLABLE);
    private static final Key<Optional<String>> DESCRIPTION = Key.text("description")
            .about("for people who read this file; no destination stores it yet")
            .optional();
    private static final Key<String> TARGET = Key.text("destination_id")
            .about("the target that has these columns")
            .required();
    private static final Key<List<ConfigSection>> COLUMNS =
            columns().about("the columns").orEmpty();
    static final Key<?> CLUSTERING_KEYS = Key.idle("clustering_keys", "no destination of this version clusters");
    static final Key<List<ConfigSection>> KEY = Key.nestedList(
                    "record_schemas", ConfigShape.of(TARGET, COLUMNS, CLUSTERING_KEYS))
            .about(
                    "the columns of each target. If there is only one, it is for all targets. Used only with `unnest: true`")
            .orEmpty();

    /// A list of columns, wherever one stands.
    static KeyDraft<List<ConfigSection>> columns() {
        return Key.nestedList(
                "record_schema",
                ConfigShape.of(
                        NAME,
                        TYPE,
                        MODE,
                        DESCRIPTION,
                        Key.idle("default_value_expression", "no destination of this version has defaults")));
    }

    Map<TargetId, Schema> read(ConfigSection config) {
        Map<TargetId, Schema> schemas = new LinkedHashMap<>();
        for (ConfigSection target : config.read(KEY)) {
            TargetId id = new TargetId(Names.required(target, TARGET));
            Schema schema = columns(target);
            if (schemas.putIfAbsent(id, schema) != null) {
                target.problem("destination_id", "has a schema already", "");
            }
        }
        return schemas;
    }

    private static Schema columns(ConfigSection target) {
        List<ConfigSection> columns = target.read(COLUMNS);
        if (columns.isEmpty()) {
            target.problem("record_schema", "needs at least one column", "{name: id, type: int64}");
        }
        return schema(columns);
    }

    /// Of [#columns].
    static Schema schema(List<ConfigSection> columns) {
        List<Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigSection column : columns) {
            Field field = column(column);
            if (names.add(field.name())) {
                fields.add(field);
            } else if (column.has("name")) {
                column.problem("name", "two columns have the name" + column.quoted("name"), "");
            }
        }
        return Schema.of(fields);
    }

    private static Field column(ConfigSection column) {
        String name = Names.required(column, NAME);
        DataType type = column.read(TYPE);
        Mode mode = column.read(MODE);
        return new Field(
                name,
                mode == Mode.REPEATED ? new DataType.ListOf(type) : type,
                mode == Mode.REQUIRED ? Nullability.REQUIRED : Nullability.NULLABLE);
    }
}
