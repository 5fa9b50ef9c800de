package dev.wisent.cli.internal.config;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.config.KeyDraft;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.FieldNotes;
import dev.wisent.columnar.Nullability;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
            .about("for people; a comment on the column, where the destination's tables have such")
            .optional();
    static final Key<Optional<String>> DEFAULT = Key.text("default_value_expression")
            .about(
                    "what tables of a database give rows that others write without the column: a constant, as `0`, `'new'` or `true`")
            .optional();
    private static final Pattern CONSTANT =
            Pattern.compile("(?:(?i:DATE|NUMERIC) *)?(?:'((?:[^']|'')*)'|\"([^\"]*)\")|(-?[0-9.]+)|((?i:true|false))");
    static final Key<String> TARGET = Key.text("destination_id")
            .about("the target that has these columns")
            .required();
    static final Key<List<ConfigSection>> COLUMNS =
            columns().about("the columns").orEmpty();
    static final Key<List<String>> CLUSTERING_KEYS = Key.texts("clustering_keys")
            .about(
                    "the columns this target's rows are looked up by; for destinations with a key of that name, whose place it takes")
            .orEmpty();
    static final Key<List<ConfigSection>> KEY = Key.nestedList(
                    "record_schemas", ConfigShape.of(TARGET, COLUMNS, CLUSTERING_KEYS))
            .about(
                    "the columns of each target. If there is only one, it is for all targets. Used only with `unnest: true`")
            .orEmpty();

    /// A list of columns, wherever one stands.
    static KeyDraft<List<ConfigSection>> columns() {
        return Key.nestedList("record_schema", ConfigShape.of(NAME, TYPE, MODE, DESCRIPTION, DEFAULT));
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
                mode == Mode.REQUIRED ? Nullability.REQUIRED : Nullability.NULLABLE,
                new FieldNotes(column.read(DESCRIPTION).orElse(""), standard(column)));
    }

    private static Optional<String> standard(ConfigSection column) {
        Matcher constant = CONSTANT.matcher(column.read(DEFAULT).orElse(""));
        DataType type = column.read(TYPE);
        return constant.matches() && column.read(MODE) != Mode.REPEATED
                ? Optional.ofNullable(constant.group(1))
                        .map(text -> text.replace("''", "'"))
                        .or(() -> Optional.ofNullable(constant.group(2)))
                        .or(() -> Optional.ofNullable(constant.group(3)))
                        .or(() -> Optional.ofNullable(constant.group(4)).map(text -> text.toLowerCase(Locale.ROOT)))
                        .filter(text -> FieldNotes.isConstant(type, text))
                : Optional.empty();
    }

    /// Whether a column has a default that no table can have. One of `NULL` is none.
    static boolean isLost(ConfigSection column) {
        return column.read(DEFAULT)
                .filter(text ->
                        !text.equalsIgnoreCase("null") && standard(column).isEmpty())
                .isPresent();
    }
}
