package dev.wisent.connectors.transformduckdb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which functions give equal rows equal results, by DuckDB's own catalogue, and where that says nothing, or not the
/// truth, by name.
final class FunctionRules {
    /// Marked as constant although they look at the clock, at the version, or into DuckDB.
    private static final Set<String> UNTRUE = Set.of("current_localtime", "current_localtimestamp", "version");
    /// Marked as volatile only so that it is not evaluated early.
    private static final Set<String> TRUE = Set.of("error");
    /// With one argument it is the time that has passed until today.
    private static final String AGE = "age";
    /// Macros have no mark. These are made of constant functions.
    private static final Set<String> MACROS = Set.of(
            "array_append",
            "array_pop_back",
            "array_pop_front",
            "array_prepend",
            "array_push_back",
            "array_push_front",
            "array_reverse",
            "array_to_string",
            "array_to_string_comma_default",
            "date_add",
            "days_in_month",
            "fdiv",
            "fmod",
            "if",
            "list_any_value",
            "list_append",
            "list_avg",
            "list_bit_and",
            "list_bit_or",
            "list_bit_xor",
            "list_bool_and",
            "list_bool_or",
            "list_count",
            "list_first",
            "list_last",
            "list_max",
            "list_median",
            "list_min",
            "list_mode",
            "list_prepend",
            "list_product",
            "list_reverse",
            "list_stddev_pop",
            "list_stddev_samp",
            "list_string_agg",
            "list_sum",
            "list_var_pop",
            "list_var_samp",
            "map_contains_entry",
            "map_contains_value",
            "md5_number_lower",
            "md5_number_upper",
            "nullif",
            "split_part");
    private static final Set<String> UNNEST = Set.of("unnest", "unlist");

    private final Map<String, Set<String>> kinds;

    private FunctionRules(Map<String, Set<String>> kinds) {
        this.kinds = kinds;
    }

    /// The rules for functions of these names, as [#key] spells them.
    static FunctionRules of(Session session, Set<String> names) throws DuckError {
        Map<String, Set<String>> kinds = new HashMap<>();
        if (names.isEmpty()) {
            return new FunctionRules(kinds);
        }
        List<String> wanted = new ArrayList<>(names);
        String marks = String.join(", ", wanted.stream().map(name -> "?").toList());
        String sql = "SELECT DISTINCT lower(function_name), function_type || ' ' || coalesce(stability, '')"
                + " FROM duckdb_functions() WHERE lower(function_name) IN (" + marks + ")";
        for (List<String> row : session.rows(sql, wanted.toArray(String[]::new))) {
            kinds.computeIfAbsent(row.get(0), name -> new java.util.HashSet<>()).add(row.get(1));
        }
        return new FunctionRules(kinds);
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static boolean isUnnest(String name) {
        return UNNEST.contains(key(name));
    }

    /// Why the function can't be used; empty when it can, or when there is none of that name, which DuckDB tells better.
    Optional<String> refusal(String name, int arguments) {
        String key = key(name);
        Set<String> found = kinds.getOrDefault(key, Set.of());
        if (TRUE.contains(key) || isUnnest(key) || found.isEmpty()) {
            return Optional.empty();
        }
        if (UNTRUE.contains(key) || (key.equals(AGE) && arguments == 1) || key.startsWith("__internal")) {
            return Optional.of(volatileFunction(name));
        }
        boolean scalar = found.stream().anyMatch(kind -> kind.startsWith("scalar"));
        boolean macro = found.stream().anyMatch(kind -> kind.startsWith("macro"));
        if (scalar && !macro) {
            boolean constant =
                    found.stream().filter(kind -> kind.startsWith("scalar")).allMatch("scalar CONSISTENT"::equals);
            return constant ? Optional.empty() : Optional.of(volatileFunction(name));
        }
        if (macro) {
            return MACROS.contains(key) ? Optional.empty() : Optional.of(volatileFunction(name));
        }
        boolean aggregate = found.stream().anyMatch(kind -> kind.startsWith("aggregate"));
        return Optional.of(
                aggregate
                        ? "the aggregate " + name + "(), which looks at more than one row"
                        : "the function " + name + "(), which can't be used for each row");
    }

    private static String volatileFunction(String name) {
        return "the function " + name + "(), which may give another result when the same row is read again";
    }
}
