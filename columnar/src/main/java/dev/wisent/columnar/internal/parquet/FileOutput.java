package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.parquet.ByteSink;

/// Counts what goes out.
final class FileOutput {
    private final ByteSink sink;
    private long position;

    FileOutput(ByteSink sink, long position) {
        this.sink = sink;
        this.position = position;
    }

    long position() {
        return position;
    }

    void put(byte[] data, int from, int length) {
        if (length > 0) {
            sink.put(data, from, length);
            position += length;
        }
    }

    void put(byte[] data) {
        put(data, 0, data.length);
    }

    void put(OutputBuffer buffer) {
        put(buffer.array(), 0, buffer.length());
    }
}
