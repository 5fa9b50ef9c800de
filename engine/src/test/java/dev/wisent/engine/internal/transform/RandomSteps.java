package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.TypeParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Random built-in transforms that fit some columns.
final class RandomSteps {
    private static final List<DataType> TARGETS = List.of(
            DataType.BOOL,
            DataType.INT8,
            DataType.INT32,
            DataType.INT64,
            DataType.INT64,
            DataType.FLOAT64,
            TypeParser.parse("decimal(9,2)"),
            TypeParser.parse("decimal(18,4)"),
            TypeParser.parse("decimal(30,5)"),
            DataType.STRING,
            DataType.STRING,
            DataType.JSON,
            DataType.DATE,
            DataType.TIMESTAMP_NTZ);

    private final Random random;
    private int renamed;

    RandomSteps(Random random) {
        this.random = random;
    }

    OracleStep next(Map<String, DataType> columns) {
        List<String> names = some(columns);
        return switch (random.nextInt(6)) {
            case 0 -> rename(names);
            case 1 -> new OracleStep.Dropped(names);
            case 2 -> mask(names);
            case 3 -> flatten(columns);
            default -> new OracleStep.Casted(casts(columns));
        };
    }

    private List<String> some(Map<String, DataType> columns) {
        List<String> names = new ArrayList<>(columns.keySet());
        names.removeIf(name -> random.nextInt(3) > 0);
        return names.isEmpty() ? List.of(columns.keySet().iterator().next()) : names;
    }

    private OracleStep rename(List<String> names) {
        Map<String, String> renames = new LinkedHashMap<>();
        names.forEach(name -> renames.put(name, "r \"" + renamed++));
        if (names.size() > 1 && random.nextBoolean()) {
            renames.put(names.getFirst(), names.getLast());
            renames.put(names.getLast(), names.getFirst());
        }
        return new OracleStep.Renamed(renames);
    }

    private OracleStep mask(List<String> names) {
        Map<String, Mask.Way> ways = new LinkedHashMap<>();
        names.forEach(name -> ways.put(name, random.nextInt(4) == 0 ? Mask.Way.REDACT : Mask.Way.HASH));
        String longer = "a salt of more than one block of SHA-256: 0123456789012345678901234567890123456789";
        return new OracleStep.Masked(
                ways,
                switch (random.nextInt(3)) {
                    case 0 -> Optional.empty();
                    case 1 -> Optional.of("pepper");
                    default -> Optional.of(longer);
                });
    }

    private OracleStep flatten(Map<String, DataType> columns) {
        Map<String, DataType> fit = new LinkedHashMap<>(columns);
        fit.values().removeIf(type -> !(type instanceof DataType.Struct || type instanceof DataType.Json));
        if (fit.isEmpty()) {
            return next(columns);
        }
        OracleStep step =
                new OracleStep.Flattened(some(fit), random.nextBoolean() ? "_" : ".", random.nextInt(3) == 0 ? 1 : 64);
        try {
            Set<String> after = new HashSet<>(step.columns(columns).keySet());
            int expected = columns.size()
                    - ((OracleStep.Flattened) step).names().size()
                    + step.columns(only(columns, ((OracleStep.Flattened) step).names()))
                            .size();
            return after.isEmpty() || after.size() != expected ? next(columns) : step;
        } catch (IllegalArgumentException twoOfOneName) {
            return next(columns);
        }
    }

    private static Map<String, DataType> only(Map<String, DataType> columns, List<String> names) {
        Map<String, DataType> only = new LinkedHashMap<>(columns);
        only.keySet().retainAll(names);
        return only;
    }

    private Map<String, DataType> casts(Map<String, DataType> columns) {
        Map<String, DataType> casts = new LinkedHashMap<>();
        for (String name : some(columns)) {
            DataType from = columns.get(name);
            DataType to = TARGETS.get(random.nextInt(TARGETS.size()));
            boolean clock = to instanceof DataType.TimestampNtz && !(from instanceof DataType.Timestamp);
            boolean rounds = to instanceof DataType.Float && !(from instanceof DataType.Int || isText(from));
            casts.put(name, clock || rounds ? DataType.STRING : to);
        }
        return casts;
    }

    private static boolean isText(DataType type) {
        return type instanceof DataType.Text || type instanceof DataType.Json;
    }
}
