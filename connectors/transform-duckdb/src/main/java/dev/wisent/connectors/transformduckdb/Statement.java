package dev.wisent.connectors.transformduckdb;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// A statement DuckDB has read. One thread, that of its session.
final class Statement implements AutoCloseable {
    private final long pointer;
    private boolean closed;

    private Statement(long pointer) {
        this.pointer = pointer;
    }

    static Statement of(long connection, String sql) throws DuckError {
        if (sql.indexOf(0) >= 0) {
            throw new DuckError("the statement holds the character U+0000, where a statement ends");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
            boolean done = DuckCalls.PREPARE.with(
                            connection,
                            arena.allocateFrom(sql, StandardCharsets.UTF_8).address(),
                            out.address())
                    == 0;
            Statement statement = new Statement(out.get(ValueLayout.JAVA_LONG, 0));
            if (!done) {
                String why = Memory.text(DuckCalls.PREPARE_ERROR.with(statement.pointer));
                statement.close();
                throw new DuckError(why);
            }
            return statement;
        }
    }

    /// Sets the parameter of this number, from 1 on.
    void bind(int number, String text) throws DuckError {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            if (DuckCalls.BIND_TEXT.with(pointer, number, copy.address(), bytes.length) != 0) {
                throw new DuckError("parameter " + number + " can't be set");
            }
        }
    }

    /// What it gives, to be closed before the session is asked for anything else.
    Answer execute() throws DuckError {
        return Answer.of(pointer);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Session.destroy(DuckCalls.DESTROY_PREPARE, pointer);
        }
    }
}
