package dev.wisent.connectors.core.file;

import dev.wisent.api.TargetId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.Decoders;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;

/// Reads the visible NDJSON of one target, as the log names it.
final class FileReadBack {
    private static final int BUFFER = 1 << 18;

    private final FileOptions options;

    private final Place place;

    FileReadBack(FileOptions options, Place place) {
        this.options = options;
        this.place = place;
    }

    /// @param live the visible parts, in their order
    void read(List<Part> live, TargetId target, Schema columns, Consumer<RecordBatch> rows) throws IOException {
        if (options.layout() instanceof Layout.OneFile one) {
            if (!live.isEmpty() && target.equals(options.defaultTarget())) {
                read(one.where(), Files.newInputStream(one.path()), columns, rows);
            }
            return;
        }
        String folder = Layout.folder(target, options.defaultTarget());
        for (Part part : live) {
            if (part.folder().equals(folder)) {
                read(options.layout().where() + "/" + part.name(), place.read(part), columns, rows);
            }
        }
    }

    private static void read(String file, InputStream content, Schema columns, Consumer<RecordBatch> rows)
            throws IOException {
        ByteDecoder decoder = Decoders.ndjson(DecoderOptions.of(new StreamSchema(columns), Contract.EXPLICIT));
        Taker taker = new Taker(file, rows);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = content) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                decoder.feed(buffer, 0, length, taker);
            }
        }
        decoder.end(taker);
    }

    private record Taker(String file, Consumer<RecordBatch> rows) implements RecordSink {
        @Override
        public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
            if (batch.rows() > 0) {
                rows.accept(batch);
            }
        }

        @Override
        public void bad(BadRecord bad) {
            throw WisentException.of(ErrorCode.DESTINATION_CORRUPT, "a row can't be read back: " + bad.message())
                    .where(file + ", record " + bad.ordinal());
        }
    }
}
