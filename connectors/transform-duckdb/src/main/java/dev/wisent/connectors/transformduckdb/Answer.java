package dev.wisent.connectors.transformduckdb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The rows a statement gives, a chunk at a time, made as they are asked for. One thread.
final class Answer implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment result = arena.allocate(DuckCalls.RESULT);
    private long chunk;
    private int rows;

    private Answer() {}

    static Answer of(long statement) throws DuckError {
        Answer answer = new Answer();
        if (DuckCalls.EXECUTE.with(statement, answer.result.address()) != 0) {
            String why = answer.error();
            answer.close();
            throw new DuckError(why);
        }
        return answer;
    }

    int columns() {
        return (int) DuckCalls.RESULT_COLUMNS.with(result.address());
    }

    /// Goes on to the next rows; false behind the last.
    boolean next() throws DuckError {
        drop();
        chunk = DuckCalls.fetchChunk(result);
        rows = chunk == 0 ? 0 : (int) DuckCalls.CHUNK_SIZE.with(chunk);
        if (rows == 0) {
            String why = error();
            if (!why.isEmpty()) {
                throw new DuckError(why);
            }
        }
        return rows > 0;
    }

    /// How many rows [#next] found.
    int rows() {
        return rows;
    }

    Cells cells(int column) {
        return Cells.of(DuckCalls.CHUNK_VECTOR.with(chunk, column));
    }

    private String error() {
        return Memory.text(DuckCalls.RESULT_ERROR.with(result.address()));
    }

    private void drop() {
        if (chunk != 0) {
            Session.destroy(DuckCalls.DESTROY_CHUNK, chunk);
            chunk = 0;
        }
    }

    @Override
    public void close() {
        drop();
        DuckCalls.DESTROY_RESULT.with(result.address());
        arena.close();
    }
}
