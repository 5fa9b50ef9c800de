package dev.wisent.connectors.transformduckdb;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// DuckDB's functions for C (`duckdb.h` of its version 2.0), in the library its driver for Java brings along. The driver gives
/// and takes one text a call; by these, values are read and written where DuckDB has them.
final class DuckCalls {
    private static final ValueLayout.OfLong P = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt STATE = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfByte SMALL = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfBoolean FLAG = ValueLayout.JAVA_BOOLEAN;

    /// `duckdb_result`: three counts and three pointers.
    static final MemoryLayout RESULT = MemoryLayout.structLayout(
            P.withName("columns"),
            P.withName("rows"),
            P.withName("changed"),
            P.withName("column"),
            P.withName("error"),
            P.withName("internal"));

    private static final SymbolLookup SYMBOLS = symbols();

    static final Call CREATE_CONFIG = answering(STATE, "duckdb_create_config", P);
    static final Call SET_CONFIG = answering(STATE, "duckdb_set_config", P, P, P);
    static final Call DESTROY_CONFIG = silent("duckdb_destroy_config", P);
    static final Call OPEN = answering(STATE, "duckdb_open_ext", P, P, P, P);
    static final Call CONNECT = answering(STATE, "duckdb_connect", P, P);
    static final Call DISCONNECT = silent("duckdb_disconnect", P);
    static final Call CLOSE = silent("duckdb_close", P);
    static final Call FREE = silent("duckdb_free", P);

    static final Call PREPARE = answering(STATE, "duckdb_prepare", P, P, P);
    static final Call PREPARE_ERROR = answering(P, "duckdb_prepare_error", P);
    static final Call DESTROY_PREPARE = silent("duckdb_destroy_prepare", P);
    static final Call BIND_TEXT = answering(STATE, "duckdb_bind_varchar_length", P, P, P, P);
    static final Call EXECUTE = answering(STATE, "duckdb_execute_prepared_streaming", P, P);

    static final Call RESULT_ERROR = answering(P, "duckdb_result_error", P);
    static final Call RESULT_COLUMNS = answering(P, "duckdb_column_count", P);
    static final Call DESTROY_RESULT = silent("duckdb_destroy_result", P);
    private static final MethodHandle FETCH_CHUNK = fetchChunk();

    static final Call CHUNK_SIZE = answering(P, "duckdb_data_chunk_get_size", P);
    static final Call SET_CHUNK_SIZE = silent("duckdb_data_chunk_set_size", P, P);
    static final Call CHUNK_VECTOR = answering(P, "duckdb_data_chunk_get_vector", P, P);
    static final Call DESTROY_CHUNK = silent("duckdb_destroy_data_chunk", P);
    static final Call VECTOR_SIZE = answering(P, "duckdb_vector_size");
    static final Call VECTOR_DATA = answering(P, "duckdb_vector_get_data", P);
    static final Call VECTOR_VALIDITY = answering(P, "duckdb_vector_get_validity", P);
    static final Call WRITABLE_VALIDITY = silent("duckdb_vector_ensure_validity_writable", P);
    static final Call ASSIGN_TEXT = silent("duckdb_vector_assign_string_element_len", P, P, P, P);

    static final Call CREATE_TYPE = answering(P, "duckdb_create_logical_type", STATE);
    static final Call CREATE_DECIMAL = answering(P, "duckdb_create_decimal_type", SMALL, SMALL);
    static final Call DESTROY_TYPE = silent("duckdb_destroy_logical_type", P);

    static final Call CREATE_TABLE_FUNCTION = answering(P, "duckdb_create_table_function");
    static final Call SET_NAME = silent("duckdb_table_function_set_name", P, P);
    static final Call SET_BIND = silent("duckdb_table_function_set_bind", P, P);
    static final Call SET_INIT = silent("duckdb_table_function_set_init", P, P);
    static final Call SET_FUNCTION = silent("duckdb_table_function_set_function", P, P);
    static final Call PUSH_PROJECTION = silent("duckdb_table_function_supports_projection_pushdown", P, FLAG);
    static final Call REGISTER = answering(STATE, "duckdb_register_table_function", P, P);
    static final Call DESTROY_TABLE_FUNCTION = silent("duckdb_destroy_table_function", P);
    static final Call ADD_COLUMN = silent("duckdb_bind_add_result_column", P, P, P);
    static final Call SET_CARDINALITY = silent("duckdb_bind_set_cardinality", P, P, FLAG);
    static final Call BIND_FAILED = silent("duckdb_bind_set_error", P, P);
    static final Call WANTED_COUNT = answering(P, "duckdb_init_get_column_count", P);
    static final Call WANTED_COLUMN = answering(P, "duckdb_init_get_column_index", P, P);
    static final Call SET_THREADS = silent("duckdb_init_set_max_threads", P, P);
    static final Call INIT_FAILED = silent("duckdb_init_set_error", P, P);
    static final Call FUNCTION_FAILED = silent("duckdb_function_set_error", P, P);

    private DuckCalls() {}

    /// The next rows of a result, to be destroyed; 0 behind the last ones, or when it has failed.
    static long fetchChunk(MemorySegment result) {
        try {
            return (long) FETCH_CHUNK.invokeExact(result);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted") // the launcher enables native access
    private static SymbolLookup symbols() {
        return DuckLibrary.open(file -> SymbolLookup.libraryLookup(file, Arena.global()));
    }

    @SuppressWarnings("restricted") // the launcher enables native access
    private static MethodHandle fetchChunk() {
        return Linker.nativeLinker()
                .downcallHandle(SYMBOLS.findOrThrow("duckdb_fetch_chunk"), FunctionDescriptor.of(P, RESULT));
    }

    private static Call answering(MemoryLayout answer, String name, MemoryLayout... arguments) {
        return Call.of(SYMBOLS, name, FunctionDescriptor.of(answer, arguments));
    }

    private static Call silent(String name, MemoryLayout... arguments) {
        return Call.of(SYMBOLS, name, FunctionDescriptor.ofVoid(arguments));
    }
}
