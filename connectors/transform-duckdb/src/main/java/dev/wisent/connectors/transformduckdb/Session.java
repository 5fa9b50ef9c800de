package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBPreparedStatement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A DuckDB of its own, in memory, on one thread: it sees no file, no network, no extension that is not built in, and nothing a
/// statement says can change that. Its zone is UTC wherever it runs. One thread.
final class Session implements AutoCloseable {
    /// What one instance may take: a batch, what becomes of it, and room for one record of the largest size.
    static final long MEMORY = 128L << 20;

    /// DuckDB plans a statement anew for each batch. These have nothing to do in one that is row by row, and take a third of
    /// the time; but for the first, which would take what TRY tries out of it, so that a [Diagnosis] fails where it
    /// should tell.
    private static final String IDLE_OPTIMIZERS = String.join(
            ",",
            "common_subexpressions",
            "cte_filter_pusher",
            "join_order",
            "deliminator",
            "statistics_propagation",
            "common_aggregate",
            "column_lifetime",
            "limit_pushdown",
            "row_group_pruner",
            "top_n",
            "top_n_window_elimination",
            "build_side_probe_side",
            "compressed_materialization",
            "duplicate_groups",
            "sampling_pushdown",
            "join_filter_pushdown",
            "extension",
            "materialized_cte",
            "aggregate_function_rewriter",
            "late_materialization",
            "cte_inlining",
            "common_subplan",
            "join_elimination",
            "window_self_join",
            "outer_join_simplification",
            "window_rewriter",
            "partitioned_execution",
            "partial_aggregate_pushdown",
            "remote_pushdown",
            "grouping_sets",
            "distinct_aggregate_rewrite",
            "aggregate_reuse",
            "redundant_order_keys");

    private final Connection connection;

    private Session(Connection connection) {
        this.connection = connection;
    }

    static Session open() {
        Properties settings = new Properties();
        settings.setProperty("threads", "1");
        settings.setProperty("memory_limit", MEMORY + "B");
        settings.setProperty("temp_directory", "");
        settings.setProperty("enable_external_access", "false");
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("errors_as_json", "true");
        settings.setProperty("disabled_optimizers", IDLE_OPTIMIZERS);
        try {
            Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", settings);
            Session session = new Session(connection);
            session.run("SET TimeZone = 'UTC'");
            session.run("SET lock_configuration = true");
            return session;
        } catch (SQLException | LinkageError e) {
            throw WisentException.of(ErrorCode.INTERNAL, "DuckDB, which evaluates sql, can't be started")
                    .hint(
                            "its library is unpacked before it is loaded: is there room, and may programs run from there?")
                    .causedBy(e);
        }
    }

    Connection connection() {
        return connection;
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    DuckDBPreparedStatement prepare(String sql) throws SQLException {
        return (DuckDBPreparedStatement) connection.prepareStatement(sql);
    }

    /// The rows `sql` gives, as texts.
    List<List<String>> rows(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                int columns = result.getMetaData().getColumnCount();
                List<List<String>> rows = new ArrayList<>();
                while (result.next()) {
                    List<String> row = new ArrayList<>(columns);
                    for (int i = 1; i <= columns; i++) {
                        row.add(String.valueOf(result.getString(i)));
                    }
                    rows.add(row);
                }
                return rows;
            }
        }
    }

    /// The only value of the only row.
    String value(String sql, String... parameters) throws SQLException {
        return rows(sql, parameters).getFirst().getFirst();
    }

    /// The syntax tree of a statement of ours.
    ObjectNode serialized(String sql) throws SQLException {
        JsonNode answer = Trees.JSON.readTree(value("SELECT json_serialize_sql(?::VARCHAR)", sql));
        return (ObjectNode) answer.path("statements").get(0).path("node");
    }

    /// The statement of a syntax tree.
    String deserialized(ObjectNode tree) throws SQLException {
        ObjectNode answer = Trees.JSON.createObjectNode().put("error", false);
        ObjectNode statement = answer.putArray("statements").addObject();
        statement.set("node", tree);
        statement.putArray("named_param_map");
        return value("SELECT json_deserialize_sql(?::JSON)", Trees.JSON.writeValueAsString(answer));
    }

    /// `name` as an identifier.
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw WisentException.of(ErrorCode.INTERNAL, "DuckDB can't be closed")
                    .causedBy(e);
        }
    }
}
