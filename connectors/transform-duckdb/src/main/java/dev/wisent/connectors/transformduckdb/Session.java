package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final long database;
    private final long connection;
    private final Arena arena = Arena.ofShared();
    private final Scratch scratch = new Scratch();

    private Session(long database, long connection) {
        this.database = database;
        this.connection = connection;
    }

    static Session open() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("threads", "1");
        settings.put("memory_limit", MEMORY + "B");
        settings.put("temp_directory", "");
        settings.put("enable_external_access", "false");
        settings.put("autoinstall_known_extensions", "false");
        settings.put("autoload_known_extensions", "false");
        settings.put("allow_community_extensions", "false");
        settings.put("errors_as_json", "true");
        settings.put("disabled_optimizers", IDLE_OPTIMIZERS);
        try {
            Session session = open(settings);
            session.run("SET TimeZone = 'UTC'");
            session.run("SET lock_configuration = true");
            return session;
        } catch (DuckError | RuntimeException | LinkageError e) {
            throw WisentException.of(ErrorCode.INTERNAL, "DuckDB, which evaluates sql, can't be started")
                    .hint(
                            "its library is unpacked before it is loaded: is there room, and may programs run from there?")
                    .causedBy(e);
        }
    }

    private static Session open(Map<String, String> settings) throws DuckError {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            DuckCalls.CREATE_CONFIG.with(out.address());
            long config = out.get(ValueLayout.JAVA_LONG, 0);
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                if (DuckCalls.SET_CONFIG.with(config, text(arena, setting.getKey()), text(arena, setting.getValue()))
                        != 0) {
                    throw new DuckError("it has no setting " + setting);
                }
            }
            MemorySegment why = arena.allocate(ValueLayout.JAVA_LONG);
            long state = DuckCalls.OPEN.with(0, out.address(), config, why.address());
            destroy(DuckCalls.DESTROY_CONFIG, config);
            if (state != 0) {
                long told = why.get(ValueLayout.JAVA_LONG, 0);
                String text = Memory.text(told);
                DuckCalls.FREE.with(told);
                throw new DuckError(text);
            }
            long database = out.get(ValueLayout.JAVA_LONG, 0);
            if (DuckCalls.CONNECT.with(database, out.address()) != 0) {
                throw new DuckError("it gives no connection");
            }
            return new Session(database, out.get(ValueLayout.JAVA_LONG, 0));
        }
    }

    /// The address of `text` as C has it, for as long as `arena` is open.
    static long text(Arena arena, String text) {
        return arena.allocateFrom(text, StandardCharsets.UTF_8).address();
    }

    /// Calls one of the functions that take a pointer to a pointer.
    static void destroy(Call function, long pointer) {
        try (Arena arena = Arena.ofConfined()) {
            function.with(arena.allocateFrom(ValueLayout.JAVA_LONG, pointer).address());
        }
    }

    long connection() {
        return connection;
    }

    /// Memory that is there until the session is closed.
    Arena arena() {
        return arena;
    }

    /// Memory of the execution under way.
    Scratch scratch() {
        return scratch;
    }

    void run(String sql) throws DuckError {
        try (Statement statement = prepare(sql);
                Answer answer = statement.execute()) {
            while (answer.next()) {
                // to its end
            }
        }
    }

    Statement prepare(String sql) throws DuckError {
        return Statement.of(connection, sql);
    }

    /// The rows `sql` gives, all of them texts.
    List<List<String>> rows(String sql, String... parameters) throws DuckError {
        try (Statement statement = prepare(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.bind(i + 1, parameters[i]);
            }
            List<List<String>> rows = new ArrayList<>();
            try (Answer answer = statement.execute()) {
                int columns = answer.columns();
                while (answer.next()) {
                    for (int row = 0; row < answer.rows(); row++) {
                        List<String> values = new ArrayList<>(columns);
                        for (int i = 0; i < columns; i++) {
                            Cells cells = answer.cells(i);
                            values.add(cells.isNull(row) ? "null" : cells.text(row));
                        }
                        rows.add(values);
                    }
                }
            }
            return rows;
        }
    }

    /// The only value of the only row.
    String value(String sql, String... parameters) throws DuckError {
        return rows(sql, parameters).getFirst().getFirst();
    }

    /// The syntax tree of a statement of ours.
    ObjectNode serialized(String sql) throws DuckError {
        JsonNode answer = Trees.JSON.readTree(value("SELECT json_serialize_sql(?::VARCHAR)", sql));
        return (ObjectNode) answer.path("statements").get(0).path("node");
    }

    /// The statement of a syntax tree.
    String deserialized(ObjectNode tree) throws DuckError {
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
        destroy(DuckCalls.DISCONNECT, connection);
        destroy(DuckCalls.CLOSE, database);
        scratch.close();
        arena.close();
    }
}
