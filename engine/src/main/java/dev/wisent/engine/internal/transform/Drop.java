package dev.wisent.engine.internal.transform;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformFactory;
import dev.wisent.columnar.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// `drop: [a, b]`.
public final class Drop extends BuiltIn {
    private final Set<String> names;

    Drop(List<String> names) {
        this.names = new LinkedHashSet<>(names);
    }

    @Override
    public String fingerprint() {
        return "drop " + names;
    }

    @Override
    ColumnPlan columns(Schema input) {
        names.forEach(name -> find(input, name));
        int[] kept = IntStream.range(0, input.size())
                .filter(i -> !names.contains(input.field(i).name()))
                .toArray();
        return new ColumnPick(schema(IntStream.of(kept).mapToObj(input::field).toList()), kept);
    }

    @Override
    ColumnPlan records() {
        return new RecordEdit((members, out) -> {
            for (int i = 0; i < members.count(); i++) {
                if (!names.contains(members.key(i))) {
                    out.copy(members, i);
                }
            }
            return Optional.empty();
        });
    }

    /// Reads `drop`.
    public static final class Factory implements TransformFactory {
        private static final Key<List<String>> NAMES = Key.texts("drop")
                .about("columns to leave out")
                .example("[internal_note]")
                .required();

        @Override
        public String name() {
            return "drop";
        }

        @Override
        public String summary() {
            return "Leaves columns out: drop: [a, b].";
        }

        @Override
        public ConfigShape keys() {
            return ConfigShape.of(NAMES);
        }

        @Override
        public Transform create(ConfigSection config) {
            List<String> names = config.read(NAMES);
            if (names.isEmpty()) {
                config.problem(NAMES.name(), "must name at least one column", "drop: [a, b]");
            }
            return new Drop(names);
        }
    }
}
