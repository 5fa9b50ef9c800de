package dev.wisent.cli.internal.config;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigSection;
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
import java.util.Set;

/// Reads `destination.config.record_schemas`: the columns of each target.
final class RecordSchemas {
    private final Warnings warnings;

    RecordSchemas(Warnings warnings) {
        this.warnings = warnings;
    }

    enum Mode {
        NULLABLE,
        REQUIRED,
        REPEATED
    }

    Map<TargetId, Schema> read(ConfigSection config) {
        Map<TargetId, Schema> schemas = new LinkedHashMap<>();
        for (ConfigSection target : config.sections("record_schemas")) {
            TargetId id = new TargetId(Names.required(target, "destination_id"));
            Schema schema = columns(target);
            if (schemas.putIfAbsent(id, schema) != null) {
                target.problem("destination_id", "has a schema already", "");
            }
            warnings.meaningless(target, "clustering_keys", "no destination of this version clusters");
            target.done();
        }
        return schemas;
    }

    private Schema columns(ConfigSection target) {
        List<ConfigSection> columns = target.sections("record_schema");
        if (columns.isEmpty()) {
            target.problem("record_schema", "needs at least one column", "{name: id, type: int64}");
        }
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

    private Field column(ConfigSection column) {
        String name = Names.required(column, "name");
        DataType type = type(column);
        Mode mode = column.choice("mode", Mode.class, Mode.NULLABLE);
        column.ignore("description");
        warnings.meaningless(column, "default_value_expression", "no destination of this version has defaults");
        column.done();
        return new Field(
                name,
                mode == Mode.REPEATED ? new DataType.ListOf(type) : type,
                mode == Mode.REQUIRED ? Nullability.REQUIRED : Nullability.NULLABLE);
    }

    private static DataType type(ConfigSection column) {
        String text = column.text("type");
        if (!column.has("type")) {
            return DataType.STRING;
        }
        try {
            return TypeParser.parse(text);
        } catch (IllegalArgumentException noType) {
            boolean shown = !column.quoted("type").isEmpty();
            column.problem("type", shown ? String.valueOf(noType.getMessage()) : "is no type", "");
            return DataType.STRING;
        }
    }
}
