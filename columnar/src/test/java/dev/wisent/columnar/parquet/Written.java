package dev.wisent.columnar.parquet;

import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes files for tests.
final class Written {
    private Written() {}

    static ParquetFile file(Path path, Schema schema, ParquetOptions options, List<Object[]> rows) {
        return file(path, schema, options, rows, Math.max(1, rows.size()));
    }

    /// In batches of `batchRows`.
    static ParquetFile file(Path path, Schema schema, ParquetOptions options, List<Object[]> rows, int batchRows) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path));
                ParquetEncoder encoder = new ParquetEncoder(schema, options)) {
            for (int from = 0; from < rows.size(); from += batchRows) {
                RecordBatch batch = Values.batch(schema, rows.subList(from, Math.min(rows.size(), from + batchRows)));
                encoder.encode(batch, 0, batch.rows(), sink(out));
            }
            return encoder.finish(sink(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ByteSink sink(OutputStream out) {
        return (data, from, length) -> {
            try {
                out.write(data, from, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
