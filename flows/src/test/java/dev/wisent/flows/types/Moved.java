package dev.wisent.flows.types;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a source holds, and what became of it in each destination: plain values by one table with a column for each type, which
/// must arrive, and each value at an edge by a table of its own.
///
/// @param changed what was lost or altered without a word; nothing may be
record Moved(From from, List<Type> types, List<Edge> edges, List<String> changed) {
    private static final String PLAIN = "plain";

    /// A table of the source.
    record Table(String name, List<Kind> kinds, List<List<String>> rows) {}

    /// @param wisent its type
    /// @param there its type in each destination
    record Type(Kind kind, String wisent, Map<Into, String> there) {}

    /// @param outcome what became of it in each destination
    record Edge(Kind kind, String value, Map<Into, String> outcome) {}

    /// @param edgesInto where values at edges go, too
    static Moved of(From from, Path folder, Set<Into> edgesInto) throws Exception {
        return new Mover(from, folder, edgesInto).moved();
    }

    private static final class Mover {
        private final From from;
        private final Path folder;
        private final Set<Into> edgesInto;
        private final List<Table> tables = new ArrayList<>();
        private final List<Kind> plain;
        private final List<String> changed = new ArrayList<>();

        Mover(From from, Path folder, Set<Into> edgesInto) {
            this.from = from;
            this.folder = folder;
            this.edgesInto = edgesInto;
            plain = from.kinds().stream()
                    .filter(kind -> !kind.plain().isEmpty())
                    .toList();
            tables.add(new Table(PLAIN, plain, columns(plain)));
            for (Kind kind : from.kinds()) {
                for (String value : kind.edges()) {
                    tables.add(new Table("e" + tables.size(), List.of(kind), List.of(List.of(value))));
                }
            }
        }

        /// The values of each kind one below the other, and a row of nothing.
        private static List<List<String>> columns(List<Kind> kinds) {
            int rows =
                    kinds.stream().mapToInt(kind -> kind.plain().size()).max().orElse(0);
            List<List<String>> all = new ArrayList<>();
            for (int i = 0; i <= rows; i++) {
                int row = i;
                all.add(kinds.stream()
                        .map(kind -> row < kind.plain().size() ? kind.plain().get(row) : "NULL")
                        .toList());
            }
            return all;
        }

        Moved moved() throws Exception {
            create();
            Map<String, Map<String, String>> types = discovered();
            Map<Into, Map<String, JsonNode>> runs = new LinkedHashMap<>();
            for (Into into : Into.values()) {
                runs.put(into, run(into));
            }
            List<Edge> edges = new ArrayList<>();
            List<Type> kinds = new ArrayList<>();
            Map<Into, Map<String, String>> there = new LinkedHashMap<>();
            for (Table table : tables) {
                Map<Into, String> outcomes = new LinkedHashMap<>();
                for (Into into : Into.values()) {
                    outcomes.put(
                            into,
                            goes(table, into)
                                    ? outcome(table, types.getOrDefault(table.name(), Map.of()), into, runs.get(into))
                                    : TypesPage.NOT_RUN);
                }
                if (!table.name().equals(PLAIN)) {
                    edges.add(new Edge(
                            table.kinds().getFirst(), table.rows().getFirst().getFirst(), outcomes));
                    continue;
                }
                for (Into into : Into.values()) {
                    boolean same = outcomes.get(into).isEmpty();
                    there.put(into, same ? typesOf(into, PLAIN) : Map.of());
                    if (!same) {
                        changed(
                                table,
                                into,
                                outcomes.get(into) + " " + runs.get(into).get(PLAIN));
                    }
                }
            }
            for (int i = 0; i < plain.size(); i++) {
                Map<Into, String> of = new LinkedHashMap<>();
                for (Into into : Into.values()) {
                    of.put(into, there.get(into).getOrDefault("c" + i, "?"));
                }
                kinds.add(new Type(plain.get(i), types.get(PLAIN).get("c" + i), of));
            }
            return new Moved(from, kinds, edges, changed);
        }

        private void create() throws SQLException {
            try (Connection connection = from.connect(folder);
                    Statement statement = connection.createStatement()) {
                for (Table table : tables) {
                    List<String> columns = new ArrayList<>();
                    for (int i = 0; i < table.kinds().size(); i++) {
                        columns.add(from.quoted("c" + i) + " "
                                + table.kinds().get(i).type());
                    }
                    String name = from.quoted(table.name());
                    execute(
                            statement,
                            "CREATE TABLE " + name + " (" + from.quoted("id") + " INTEGER PRIMARY KEY, "
                                    + String.join(", ", columns) + ")");
                    for (int i = 0; i < table.rows().size(); i++) {
                        execute(
                                statement,
                                "INSERT INTO " + name + " VALUES (" + i + ", "
                                        + String.join(", ", table.rows().get(i)) + ")");
                    }
                }
            }
        }

        private static void execute(Statement statement, String sql) {
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new AssertionError(sql, e);
            }
        }

        private String pipeline(Into into) {
            String streams = tables.stream()
                    .filter(table -> goes(table, into))
                    .map(table -> "\"" + from.stream(table.name()) + "\"")
                    .collect(Collectors.joining(", "));
            return """
                    name: %s
                    source: {%s, stream: [%s], sync_mode: full_refresh}
                    destination: {%s, destination_id: "{table}"}}
                    engine: {max_concurrent_streams: 4, retry: {budget: 0}, backend: {type: sqlite_in_memory}}
                    %s
                    """.formatted(
                            (from + "-" + into).toLowerCase(java.util.Locale.ROOT),
                            from.source(folder),
                            streams,
                            into.destination(folder),
                            from.more());
        }

        private boolean goes(Table table, Into into) {
            return table.name().equals(PLAIN) || edgesInto.contains(into);
        }

        private ChildResult wisent(Into into, String... arguments) {
            try {
                Files.writeString(folder.resolve(into + ".yml"), pipeline(into));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return new ChildCommand(folder, List.of(arguments), List.of(), OptionalLong.empty()).here();
        }

        /// By table and column.
        private Map<String, Map<String, String>> discovered() {
            ChildResult result = wisent(Into.DUCKDB, "discover", "--json", Into.DUCKDB + ".yml");
            Map<String, Map<String, String>> types = new TreeMap<>();
            for (JsonNode stream : json(result, "\"streams\"").get("streams")) {
                Map<String, String> columns = new TreeMap<>();
                stream.path("columns")
                        .forEach(column -> columns.put(
                                column.get("name").asString(),
                                column.get("type").asString()));
                // tables of other databases are told by name alone
                if (!columns.isEmpty()) {
                    types.put(table(stream), columns);
                }
            }
            return types;
        }

        private static String table(JsonNode stream) {
            String name = stream.get("stream").asString();
            return name.substring(name.lastIndexOf('.') + 1);
        }

        /// By table.
        private Map<String, JsonNode> run(Into into) {
            Map<String, JsonNode> streams = new TreeMap<>();
            ChildResult result = wisent(into, "run", "--json", into + ".yml");
            json(result, "\"streams\"").get("streams").forEach(stream -> streams.put(table(stream), stream));
            return streams;
        }

        private static JsonNode json(ChildResult result, String holding) {
            return result.out()
                    .lines()
                    .filter(line -> line.startsWith("{") && line.contains(holding))
                    .reduce((first, last) -> last)
                    .map(JsonMapper.shared()::readTree)
                    .orElseThrow(() -> new AssertionError(result.toString()));
        }

        /// Empty: the same. Else what the run says became of a row.
        private String outcome(Table table, Map<String, String> types, Into into, Map<String, JsonNode> run)
                throws SQLException {
            JsonNode stream = run.get(table.name());
            if (stream == null) {
                return changed(table, into, "there was no such stream");
            }
            if (stream.get("status").asString().equals("failed")) {
                return stream.get("error").get("code").asString();
            }
            if (stream.get("rejected").asInt() > 0) {
                return stream.get("written").asInt() == 0 && table.rows().size() == 1
                        ? "reject"
                        : changed(table, into, stream.toString());
            }
            try (Connection source = from.connect(folder);
                    Connection target = into.connect(folder)) {
                for (int i = 0; i < table.kinds().size(); i++) {
                    String type = types.get("c" + i);
                    List<String> here = here(source, table, i, type);
                    List<String> there = there(target, table, i, type, into);
                    if (!here.equals(there)) {
                        changed(
                                table,
                                into,
                                table.kinds().get(i).type() + " as " + type + ": " + here + " became " + there);
                    }
                }
            }
            return "";
        }

        private String changed(Table table, Into into, String how) {
            changed.add(from + " to " + into + ", " + table.name() + " "
                    + (table.rows().size() == 1 ? table.rows() : "") + ": " + how);
            return "?";
        }

        private List<String> here(Connection in, Table table, int column, String type) throws SQLException {
            String name = from.quoted("c" + column);
            String shown = table.kinds().get(column).shown();
            return texts(
                    in,
                    "SELECT " + (shown.isEmpty() ? from.shown(type, name) : shown.replace("?", name)) + " FROM "
                            + from.quoted(table.name()) + " ORDER BY " + from.quoted("id"),
                    type);
        }

        private static List<String> there(Connection in, Table table, int column, String type, Into into)
                throws SQLException {
            return texts(
                    in,
                    "SELECT " + into.shown(type, into.quoted("c" + column)) + " FROM " + into.quoted(table.name())
                            + " ORDER BY " + into.quoted("id"),
                    type);
        }

        private static List<String> texts(Connection connection, String sql, String type) throws SQLException {
            List<String> texts = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    String text = rows.getString(1);
                    if (text != null && type.startsWith("float")) {
                        // digits of a double; what SQLite shows as text has fifteen
                        text = rows.getObject(1) instanceof Number number
                                ? Double.toString(number.doubleValue())
                                : text;
                    }
                    texts.add(text == null ? "null" : "'" + canonical(type, text) + "'");
                }
            } catch (SQLException e) {
                throw new SQLException(sql, e);
            }
            return texts;
        }

        /// What is no value of the type is equal to nothing, itself included.
        private static String canonical(String type, String text) {
            try {
                return Canon.text(type, text);
            } catch (RuntimeException notOfTheType) {
                return "no " + type + ", " + System.nanoTime() + ": " + text;
            }
        }

        private Map<String, String> typesOf(Into into, String table) throws SQLException {
            Map<String, String> types = new TreeMap<>();
            try (Connection connection = into.connect(folder);
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(into.typesOf(table))) {
                while (rows.next()) {
                    types.put(rows.getString(1), rows.getString(2));
                }
            }
            return types;
        }
    }
}
