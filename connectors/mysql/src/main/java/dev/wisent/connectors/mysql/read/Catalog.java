package dev.wisent.connectors.mysql.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.StreamInfo.Rights;
import dev.wisent.connectors.mysql.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the server says of its tables.
record Catalog(Connection in, ReadOptions options) {
    /// A table, a column, a view over what may not be read.
    private static final Set<Integer> REFUSALS = Set.of(1142, 1143, 1356);

    private static final String TABLES = """
            SELECT table_schema, table_name FROM information_schema.tables
            WHERE table_schema NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys')
              AND table_type IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED')
              AND table_name NOT LIKE '|_wisent|_%' ESCAPE '|' AND table_name NOT LIKE '%|_|_wisent|_%' ESCAPE '|'
            ORDER BY table_schema = ? DESC, table_schema, table_name""";

    private static final String COLUMNS = """
            SELECT column_name, data_type, column_type, numeric_precision, numeric_scale, column_comment, column_default, extra
            FROM information_schema.columns WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position""";

    /// MariaDB's JSON is a longtext with a check.
    private static final String JSON_CHECKS = """
            SELECT check_clause FROM information_schema.check_constraints
            WHERE constraint_schema = ? AND table_name = ? AND check_clause LIKE 'json|_valid(%' ESCAPE '|'""";

    /// The server quotes the name as its `sql_mode` says.
    private static final Pattern JSON_CHECK = Pattern.compile("json_valid\\(([`\"])(.*)\\1\\)", Pattern.DOTALL);

    /// Unique indexes, the primary key first, then those with the fewest columns; prefixes and expressions are left out.
    private static final String UNIQUE = """
            SELECT index_name, GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR 0x1F)
            FROM information_schema.statistics
            WHERE table_schema = ? AND table_name = ? AND non_unique = 0
            GROUP BY index_name
            HAVING SUM(nullable = 'YES' OR sub_part IS NOT NULL OR column_name IS NULL) = 0
            ORDER BY index_name = 'PRIMARY' DESC, COUNT(*), index_name""";

    private static final String ROWS =
            "SELECT table_rows FROM information_schema.tables WHERE table_schema = ? AND table_name = ?";

    private static final String SIZE = """
            SELECT COALESCE(data_length, 0), COALESCE(table_rows, 0) FROM information_schema.tables
            WHERE table_schema = ? AND table_name = ?""";

    /// All tables and views the user sees, those of the pipeline's database first.
    List<TableName> tables() throws SQLException {
        try (PreparedStatement select = in.prepareStatement(TABLES)) {
            select.setString(1, options.address().database());
            try (ResultSet rows = select.executeQuery()) {
                List<TableName> tables = new ArrayList<>();
                while (rows.next()) {
                    tables.add(new TableName(rows.getString(1), rows.getString(2)));
                }
                return tables;
            }
        }
    }

    /// @throws WisentException when there is no such table, or the options name columns it has not
    Relation relation() throws SQLException {
        if (options.query().isPresent()) {
            return query(options.query().get());
        }
        Relation relation =
                table(TableName.parse(options.stream().name(), options.address().database()));
        return checked(relation);
    }

    Relation table(TableName table) throws SQLException {
        List<ReadColumn> columns = columns(table);
        if (columns.isEmpty()) {
            throw WisentException.of(ErrorCode.UNKNOWN_STREAM, "there is no table or view " + table)
                    .where(options.address().toString())
                    .hint("'wisent discover FILE' lists what user '"
                            + options.address().user().orElse("") + "' can see");
        }
        List<List<String>> unique = unique(table);
        Map<String, ReadColumn> byName = new LinkedHashMap<>();
        columns.forEach(c -> byName.put(c.name(), c));
        List<String> order = unique.stream()
                .filter(key -> key.stream()
                        .allMatch(name ->
                                byName.containsKey(name) && byName.get(name).isOrdered()))
                .findFirst()
                .orElse(List.of());
        List<String> keys = unique.stream().findFirst().orElse(List.of());
        try (PreparedStatement select = in.prepareStatement(SIZE)) {
            select.setString(1, table.database());
            select.setString(2, table.table());
            try (ResultSet row = select.executeQuery()) {
                boolean there = row.next();
                return new Relation(
                        table.sql(),
                        Optional.of(table),
                        columns,
                        keys,
                        order,
                        there ? row.getLong(1) : 0,
                        there ? row.getLong(2) : 0);
            }
        }
    }

    /// What the server counted last; empty: it doesn't, as for views.
    OptionalLong estimatedRows(Relation relation) throws SQLException {
        if (relation.table().isEmpty()) {
            return OptionalLong.empty();
        }
        try (PreparedStatement select = in.prepareStatement(ROWS)) {
            select.setString(1, relation.table().get().database());
            select.setString(2, relation.table().get().table());
            try (ResultSet row = select.executeQuery()) {
                long rows = row.next() ? row.getLong(1) : 0;
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(rows);
            }
        }
    }

    /// The server is asked for no row: roles, patterns and what everybody may are hard to add up.
    Rights rights(Relation relation) throws SQLException {
        if (relation.table().isEmpty()) {
            return Rights.ALL;
        }
        String from = " FROM " + relation.from() + " LIMIT 0";
        if (isAllowed("SELECT *" + from)) {
            return Rights.ALL;
        }
        return isAllowed("SELECT 1" + from) ? Rights.SOME : Rights.NONE;
    }

    private boolean isAllowed(String query) throws SQLException {
        try (Statement select = in.createStatement();
                ResultSet none = select.executeQuery(query)) {
            return none.getMetaData().getColumnCount() > 0;
        } catch (SQLException e) {
            if (REFUSALS.contains(e.getErrorCode())) {
                return false;
            }
            throw e;
        }
    }

    List<ReadColumn> columns(TableName table) throws SQLException {
        Set<String> json = json(table);
        try (PreparedStatement select = in.prepareStatement(COLUMNS)) {
            select.setString(1, table.database());
            select.setString(2, table.table());
            try (ResultSet rows = select.executeQuery()) {
                List<ReadColumn> columns = new ArrayList<>();
                while (rows.next()) {
                    String name = rows.getString(1);
                    String spelled = rows.getString(3);
                    columns.add(column(
                                    name,
                                    new ColumnType(
                                            json.contains(name)
                                                    ? "json"
                                                    : rows.getString(2).toLowerCase(Locale.ROOT),
                                            spelled,
                                            spelled.contains("unsigned")
                                                    ? ColumnType.Sign.UNSIGNED
                                                    : ColumnType.Sign.SIGNED,
                                            rows.getInt(4),
                                            rows.getInt(5)))
                            .noted(
                                    Optional.ofNullable(rows.getString(6)).orElse(""),
                                    standard(rows.getString(7), rows.getString(8))));
                }
                return columns;
            }
        }
    }

    /// The expression of a default, as MariaDB spells it; MySQL spells constants without quotes.
    private String standard(@Nullable String text, @Nullable String extra) throws SQLException {
        if (text == null || text.equals("NULL")) {
            return "";
        }
        boolean isConstant = !Session.isMariaDb(in) && (extra == null || !extra.contains("DEFAULT_GENERATED"));
        return isConstant ? "'" + text.replace("\\", "\\\\").replace("'", "''") + "'" : text;
    }

    private ReadColumn column(String name, ColumnType type) {
        return options.asText().contains(name) ? type.text(name) : type.column(name);
    }

    private Set<String> json(TableName table) throws SQLException {
        Set<String> names = new HashSet<>();
        if (!Session.isMariaDb(in)) {
            return names;
        }
        try (PreparedStatement select = in.prepareStatement(JSON_CHECKS)) {
            select.setString(1, table.database());
            select.setString(2, table.table());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    String clause = rows.getString(1);
                    Matcher checked = JSON_CHECK.matcher(clause);
                    if (checked.matches()) {
                        String quote = checked.group(1);
                        names.add(checked.group(2).replace(quote + quote, quote));
                    }
                }
            }
        }
        return names;
    }

    private List<List<String>> unique(TableName table) throws SQLException {
        try (PreparedStatement select = in.prepareStatement(UNIQUE)) {
            select.setString(1, table.database());
            select.setString(2, table.table());
            try (ResultSet rows = select.executeQuery()) {
                List<List<String>> keys = new ArrayList<>();
                while (rows.next()) {
                    keys.add(List.of(rows.getString(2).split("\u001f", -1)));
                }
                return keys;
            }
        }
    }

    private Relation query(String text) throws SQLException {
        String query = text.strip();
        while (query.endsWith(";")) {
            query = query.substring(0, query.length() - 1).stripTrailing();
        }
        String from = "(" + query + "\n)";
        List<ReadColumn> columns = new ArrayList<>();
        try (Statement select = in.createStatement();
                ResultSet none = select.executeQuery("SELECT t.* FROM " + from + " AS t LIMIT 0")) {
            ResultSetMetaData data = none.getMetaData();
            for (int i = 1; i <= data.getColumnCount(); i++) {
                columns.add(column(data.getColumnLabel(i), QueryTypes.of(data, i)));
            }
        }
        return checked(new Relation(from, Optional.empty(), columns, List.of(), List.of(), 0, 0));
    }

    /// With what the pipeline's `primary_key` says where the server knows no key: of a view or a query it is believed.
    private Relation checked(Relation relation) throws SQLException {
        for (List<String> names : List.of(
                options.asText(),
                options.primaryKey(),
                options.cursor().stream().toList())) {
            for (String name : names) {
                var unused = relation.column(name);
            }
        }
        if (!relation.order().isEmpty() || options.primaryKey().isEmpty() || isBaseTable(relation)) {
            return relation;
        }
        List<String> key = options.primaryKey();
        boolean ordered = key.stream().allMatch(name -> relation.column(name).isOrdered());
        return new Relation(
                relation.from(),
                relation.table(),
                relation.columns(),
                key,
                ordered ? key : List.of(),
                relation.bytes(),
                relation.rows());
    }

    private boolean isBaseTable(Relation relation) throws SQLException {
        if (relation.table().isEmpty()) {
            return false;
        }
        try (PreparedStatement select = in.prepareStatement(
                "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = ? AND table_type <> 'VIEW'")) {
            select.setString(1, relation.table().get().database());
            select.setString(2, relation.table().get().table());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }
}
