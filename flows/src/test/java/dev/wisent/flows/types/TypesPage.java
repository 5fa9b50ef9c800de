package dev.wisent.flows.types;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The two tables of docs/reference/types.md: types, and values at their edges.
final class TypesPage {
    static final String NOT_RUN = "not run";

    private TypesPage() {}

    /// Whether a page says what was seen, in all that was run.
    static boolean says(String page, String seen) {
        return page.matches(
                Arrays.stream(seen.split(NOT_RUN, -1)).map(Pattern::quote).collect(Collectors.joining("[^|]*")));
    }

    static String of(List<Moved> moved) {
        StringBuilder page = new StringBuilder();
        page.append(
                "\n| from | type | Wisent | `postgres` | `mysql` | `sqlite` | `duckdb` |\n|---|---|---|---|---|---|---|\n");
        for (Moved source : moved) {
            for (Moved.Type type : source.types()) {
                page.append("| ")
                        .append(name(source))
                        .append(" | ")
                        .append(code(type.kind().type()))
                        .append(" | ");
                page.append(type.wisent()).append(" |");
                type.there()
                        .values()
                        .forEach(there -> page.append(' ').append(code(there)).append(" |"));
                page.append('\n');
            }
        }
        page.append(
                "\nValues at the edges of types. `=`: it arrives as it is. A code: the run stops with it, and nothing of the commit is in. `reject`: the row is kept apart.\n");
        page.append(
                "\n| from | type | value | `postgres` | `mysql` | `sqlite` | `duckdb` |\n|---|---|---|---|---|---|---|\n");
        for (Moved source : moved) {
            for (Moved.Edge edge : source.edges()) {
                page.append("| ")
                        .append(name(source))
                        .append(" | ")
                        .append(code(edge.kind().type()))
                        .append(" | ");
                page.append(code(edge.value())).append(" |");
                edge.outcome()
                        .values()
                        .forEach(outcome ->
                                page.append(' ').append(outcome(outcome)).append(" |"));
                page.append('\n');
            }
        }
        return page.append('\n').toString();
    }

    private static String outcome(String outcome) {
        return outcome.isEmpty() ? "=" : outcome;
    }

    private static String name(Moved moved) {
        return moved.from() == From.JDBC ? "jdbc (H2)" : moved.from().name().toLowerCase(Locale.ROOT);
    }

    private static String code(String text) {
        return text.isEmpty() ? "none" : "`" + text.replace("|", "\\|").replace("\0", "") + "`";
    }
}
