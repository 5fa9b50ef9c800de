package dev.wisent.connectors.transformduckdb;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// A table function of DuckDB that is written in Java. Nothing may be thrown through C: what goes wrong is told to DuckDB,
/// whose statement then fails.
final class TableFunction {
    /// Begins what is told of a failure that is no row's fault.
    static final String BROKEN = "rows can't be given to DuckDB: ";

    private static final FunctionDescriptor ONE = FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG);
    private static final FunctionDescriptor TWO =
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

    private final Rows rows;

    /// What it does; each call comes from the thread that runs the statement.
    interface Rows {
        /// Declares the columns (`duckdb_bind_info`).
        void bind(long info);

        /// Begins (`duckdb_init_info`).
        void init(long info);

        /// Fills the next rows into a chunk (`duckdb_data_chunk`); none: that was all.
        void fill(long chunk);
    }

    private TableFunction(Rows rows) {
        this.rows = rows;
    }

    /// Makes it known to a session, which it lives as long as; says whether DuckDB took it.
    static boolean register(Session session, String name, Rows rows) {
        TableFunction made = new TableFunction(rows);
        try (Arena arena = Arena.ofConfined()) {
            long function = DuckCalls.CREATE_TABLE_FUNCTION.with();
            DuckCalls.SET_NAME.with(function, Session.text(arena, name));
            DuckCalls.PUSH_PROJECTION.with(function, 1);
            DuckCalls.SET_BIND.with(function, made.callable(session.arena(), "bind", ONE));
            DuckCalls.SET_INIT.with(function, made.callable(session.arena(), "init", ONE));
            DuckCalls.SET_FUNCTION.with(function, made.callable(session.arena(), "fill", TWO));
            long state = DuckCalls.REGISTER.with(session.connection(), function);
            Session.destroy(DuckCalls.DESTROY_TABLE_FUNCTION, function);
            return state == 0;
        }
    }

    /// The address of one of the methods below.
    @SuppressWarnings("restricted") // the launcher enables native access
    private long callable(Arena arena, String method, FunctionDescriptor shape) {
        MethodType type = shape.toMethodType();
        try {
            MethodHandle handle = MethodHandles.lookup().bind(this, method, type);
            return Linker.nativeLinker().upcallStub(handle, shape, arena).address();
        } catch (ReflectiveOperationException never) {
            throw new IllegalStateException(never);
        }
    }

    void bind(long info) {
        try {
            rows.bind(info);
        } catch (Throwable e) {
            failed(DuckCalls.BIND_FAILED, info, e);
        }
    }

    void init(long info) {
        try {
            rows.init(info);
        } catch (Throwable e) {
            failed(DuckCalls.INIT_FAILED, info, e);
        }
    }

    void fill(long info, long chunk) {
        try {
            rows.fill(chunk);
        } catch (Throwable e) {
            failed(DuckCalls.FUNCTION_FAILED, info, e);
        }
    }

    private static void failed(Call tell, long info, Throwable e) {
        String why = e instanceof Unfit unfit ? unfit.why() : BROKEN + e;
        try (Arena arena = Arena.ofConfined()) {
            tell.with(info, Session.text(arena, why));
        }
    }
}
