package dev.wisent.engine.internal.transform;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformFactory;
import dev.wisent.columnar.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `flatten: [column]`: what is in structs and JSON objects becomes columns.
public final class Flatten extends BuiltIn {
    /// Deeper than any schema may be.
    private static final long ALL_LEVELS = 64;

    private final Options options;
    private final FoundColumns found = new FoundColumns();

    /// @param depth how many levels are taken apart
    record Options(List<String> columns, String separator, int depth) {}

    Flatten(Options options) {
        this.options = options;
    }

    @Override
    public String fingerprint() {
        return "flatten " + options;
    }

    @Override
    ColumnPlan columns(Schema input) {
        options.columns().forEach(name -> find(input, name));
        return new FlatColumns(input, options, found);
    }

    @Override
    ColumnPlan records() {
        Set<String> untouched = new HashSet<>();
        Set<String> leaves = new HashSet<>();
        FlatJson walker = new FlatJson(options.separator(), options.depth());
        Map<String, FlatName> names = new HashMap<>();
        options.columns().forEach(name -> names.put(name, new FlatName(name)));
        return new RecordEdit((members, out) -> {
            untouched.clear();
            leaves.clear();
            boolean[] twice = new boolean[1];
            for (int i = 0; i < members.count(); i++) {
                String key = members.key(i);
                FlatName name = names.get(key);
                if (name == null || !members.isObject(i) || members.isEmptyObject(i)) {
                    untouched.add(key);
                    out.copy(members, i);
                    continue;
                }
                walker.walk(name, members.data(), members.from(i), members.to(i), (below, json, from, to) -> {
                    twice[0] |= !leaves.add(below.text());
                    out.key(below.quoted());
                    out.raw(json, from, to - from);
                });
            }
            // keys that were there twice before are not this step's matter
            return twice[0] || leaves.stream().anyMatch(untouched::contains)
                    ? Optional.of("after flattening, two keys have one name")
                    : Optional.empty();
        });
    }

    /// Reads `flatten`.
    public static final class Factory implements TransformFactory {
        private static final Key<List<String>> COLUMNS = Key.texts("flatten")
                .about("struct and json columns to take apart")
                .example("[address]")
                .required();
        private static final Key<String> SEPARATOR = Key.text("separator")
                .about("stands between the names of column and field")
                .standard("_");
        private static final Key<Long> DEPTH = Key.whole("depth", 1, ALL_LEVELS)
                .about("how many levels are taken apart")
                .standard(ALL_LEVELS, "all");

        @Override
        public String name() {
            return "flatten";
        }

        @Override
        public String summary() {
            return "Makes columns of what structs and JSON objects hold: flatten: [address].";
        }

        @Override
        public ConfigShape keys() {
            return ConfigShape.of(COLUMNS, SEPARATOR, DEPTH);
        }

        @Override
        public Transform create(ConfigSection config) {
            List<String> columns = config.read(COLUMNS);
            if (columns.isEmpty()) {
                config.problem(COLUMNS.name(), "must name at least one column", "flatten: [address]");
            }
            return new Flatten(new Options(
                    columns, config.read(SEPARATOR), config.read(DEPTH).intValue()));
        }
    }
}
