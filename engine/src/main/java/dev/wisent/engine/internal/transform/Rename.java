package dev.wisent.engine.internal.transform;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformFactory;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// `rename: {old: new}`.
public final class Rename extends BuiltIn {
    private final Map<String, String> names;

    Rename(Map<String, String> names) {
        this.names = new LinkedHashMap<>(names);
    }

    @Override
    public String fingerprint() {
        return "rename " + names;
    }

    @Override
    ColumnPlan columns(Schema input) {
        names.keySet().forEach(name -> find(input, name));
        List<Field> fields = input.fields().stream()
                .map(field -> field.named(names.getOrDefault(field.name(), field.name())))
                .toList();
        return new ColumnPick(schema(fields), IntStream.range(0, input.size()).toArray());
    }

    @Override
    ColumnPlan records() {
        return new RecordEdit(new RenameKeys(names));
    }

    /// Reads `rename`.
    public static final class Factory implements TransformFactory {
        private static final Key<Map<String, String>> NAMES = Key.textMap("rename")
                .about("new names by old ones")
                .example("{name: full_name}")
                .required();

        @Override
        public String name() {
            return "rename";
        }

        @Override
        public String summary() {
            return "Gives columns other names: rename: {old: new}.";
        }

        @Override
        public ConfigShape keys() {
            return ConfigShape.of(NAMES);
        }

        @Override
        public Transform create(ConfigSection config) {
            return new Rename(Texts.filled(config, NAMES));
        }
    }
}
