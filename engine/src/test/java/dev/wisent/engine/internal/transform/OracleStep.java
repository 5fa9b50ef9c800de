package dev.wisent.engine.internal.transform;

import dev.wisent.api.transform.Transform;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a built-in transform is to make of one row, written as plainly as can be. A row is JSON texts by column; what is absent
/// is not in it.
sealed interface OracleStep {
    /// The step under test.
    Transform transform();

    /// The columns behind it, as far as the ones before it tell.
    Map<String, DataType> columns(Map<String, DataType> before);

    /// The row behind it; empty when the row is to be refused.
    ///
    /// @param types the columns before it; empty for schemaless records
    Optional<Map<String, String>> row(Map<String, String> row, Optional<Map<String, DataType>> types);

    record Renamed(Map<String, String> names) implements OracleStep {
        @Override
        public Transform transform() {
            return new Rename(names);
        }

        @Override
        public Map<String, DataType> columns(Map<String, DataType> before) {
            Map<String, DataType> after = new LinkedHashMap<>();
            before.forEach((name, type) -> after.put(names.getOrDefault(name, name), type));
            return after;
        }

        @Override
        public Optional<Map<String, String>> row(Map<String, String> row, Optional<Map<String, DataType>> types) {
            Map<String, String> after = new LinkedHashMap<>();
            row.forEach((name, value) -> after.put(names.getOrDefault(name, name), value));
            return Optional.of(after).filter(r -> r.size() == row.size());
        }
    }

    record Dropped(List<String> names) implements OracleStep {
        @Override
        public Transform transform() {
            return new Drop(names);
        }

        @Override
        public Map<String, DataType> columns(Map<String, DataType> before) {
            Map<String, DataType> after = new LinkedHashMap<>(before);
            names.forEach(after::remove);
            return after;
        }

        @Override
        public Optional<Map<String, String>> row(Map<String, String> row, Optional<Map<String, DataType>> types) {
            Map<String, String> after = new LinkedHashMap<>(row);
            names.forEach(after::remove);
            return Optional.of(after);
        }
    }

    record Masked(Map<String, Mask.Way> ways, Optional<String> salt) implements OracleStep {
        @Override
        public Transform transform() {
            return new Mask(ways, salt);
        }

        @Override
        public Map<String, DataType> columns(Map<String, DataType> before) {
            Map<String, DataType> after = new LinkedHashMap<>(before);
            ways.keySet().forEach(name -> after.put(name, DataType.STRING));
            return after;
        }

        @Override
        public Optional<Map<String, String>> row(Map<String, String> row, Optional<Map<String, DataType>> types) {
            Map<String, String> after = new LinkedHashMap<>(row);
            ways.forEach((name, way) -> after.computeIfPresent(
                    name,
                    (n, value) -> value.equals(JsonText.NULL)
                            ? value
                            : way == Mask.Way.REDACT
                                    ? "\"***\""
                                    : '"'
                                            + OracleHash.of(
                                                    JsonText.isString(value) ? JsonText.string(value) : value, salt)
                                            + '"'));
            return Optional.of(after);
        }
    }

    record Casted(Map<String, DataType> to) implements OracleStep {
        @Override
        public Transform transform() {
            return new Cast(to);
        }

        @Override
        public Map<String, DataType> columns(Map<String, DataType> before) {
            Map<String, DataType> after = new LinkedHashMap<>(before);
            after.putAll(to);
            return after;
        }

        @Override
        public Optional<Map<String, String>> row(Map<String, String> row, Optional<Map<String, DataType>> types) {
            Map<String, String> after = new LinkedHashMap<>(row);
            for (Map.Entry<String, DataType> cast : to.entrySet()) {
                String value = row.getOrDefault(cast.getKey(), JsonText.NULL);
                if (!value.equals(JsonText.NULL)) {
                    Optional<String> casted =
                            OracleCast.cast(types.map(t -> t.get(cast.getKey())), cast.getValue(), value);
                    if (casted.isEmpty()) {
                        return Optional.empty();
                    }
                    after.put(cast.getKey(), casted.get());
                }
            }
            return Optional.of(after);
        }
    }

    record Flattened(List<String> names, String separator, int depth) implements OracleStep {
        @Override
        public Transform transform() {
            return new Flatten(new Flatten.Options(names, separator, depth));
        }

        @Override
        public Map<String, DataType> columns(Map<String, DataType> before) {
            Map<String, DataType> after = new LinkedHashMap<>();
            before.forEach((name, type) -> {
                if (!names.contains(name)) {
                    after.put(name, type);
                } else if (type instanceof DataType.Struct struct) {
                    inside(name, struct, 1).forEach((leaf, leafType) -> {
                        if (after.put(leaf, leafType) != null) {
                            throw new IllegalArgumentException("two columns " + leaf);
                        }
                    });
                }
            });
            return after;
        }

        private Map<String, DataType> inside(String name, DataType.Struct struct, int level) {
            Map<String, DataType> leaves = new LinkedHashMap<>();
            for (Field field : struct.fields()) {
                String leaf = name + separator + field.name();
                Map<String, DataType> further = field.type() instanceof DataType.Struct inner && level < depth
                        ? inside(leaf, inner, level + 1)
                        : Map.of(leaf, field.type());
                further.forEach((n, type) -> {
                    if (leaves.put(n, type) != null) {
                        throw new IllegalArgumentException("two columns " + n);
                    }
                });
            }
            return leaves;
        }

        @Override
        public Optional<Map<String, String>> row(Map<String, String> row, Optional<Map<String, DataType>> types) {
            Map<String, String> after = new LinkedHashMap<>();
            Set<String> known =
                    new HashSet<>(types.map(t -> columns(t).keySet()).orElse(Set.of()));
            List<String> clashes = new ArrayList<>();
            row.forEach((name, value) -> {
                Optional<DataType> type = types.map(t -> t.get(name));
                if (!names.contains(name)) {
                    put(after, name, value, clashes);
                } else if (type.isPresent() && type.get() instanceof DataType.Struct struct) {
                    struct(name, value, struct, 1, after);
                } else if (type.isEmpty() && (!JsonText.isObject(value) || value.equals("{}"))) {
                    put(after, name, value, clashes);
                } else if (!value.equals(JsonText.NULL)) {
                    json(name, value, 1, after, clashes, known);
                }
            });
            return clashes.isEmpty() ? Optional.of(after) : Optional.empty();
        }

        private void struct(String name, String value, DataType.Struct struct, int level, Map<String, String> after) {
            Map<String, String> members = value.equals(JsonText.NULL) ? Map.of() : JsonText.members(value);
            for (Field field : struct.fields()) {
                String leaf = name + separator + field.name();
                String inner = value.equals(JsonText.NULL) ? value : members.get(field.name());
                if (inner == null) {
                    continue;
                }
                if (field.type() instanceof DataType.Struct deeper && level < depth) {
                    struct(leaf, inner, deeper, level + 1, after);
                } else {
                    after.put(leaf, inner);
                }
            }
        }

        private void json(
                String name,
                String value,
                int level,
                Map<String, String> after,
                List<String> clashes,
                Set<String> known) {
            if (!JsonText.isObject(value)) {
                clashes.add(name + " is no object");
                return;
            }
            JsonText.members(value).forEach((key, inner) -> {
                String leaf = name + separator + key;
                if (JsonText.isObject(inner) && !inner.equals("{}") && level < depth) {
                    json(leaf, inner, level + 1, after, clashes, known);
                } else if (known.contains(leaf)) {
                    clashes.add(leaf);
                } else {
                    put(after, leaf, inner, clashes);
                }
            });
        }

        private static void put(Map<String, String> after, String name, String value, List<String> clashes) {
            if (after.put(name, value) != null) {
                clashes.add(name);
            }
        }
    }
}
