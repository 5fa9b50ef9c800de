package dev.wisent.connectors.core.file;

import dev.wisent.api.TargetId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.format.FileFormats;
import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.Decoders;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;

/// Reads the visible rows of one target, in the parts the log names. Cells of CSV are handed over as texts.
final class FileReadBack {
    private static final int BUFFER = 1 << 18;

    private final FileOptions options;
    private final Place place;
    private final FileFormats formats;

    FileReadBack(FileOptions options, Place place, FileFormats formats) {
        this.options = options;
        this.place = place;
        this.formats = formats;
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

    private void read(String file, InputStream content, Schema columns, Consumer<RecordBatch> rows) throws IOException {
        switch (options.format()) {
            case NDJSON -> bytes(file, content, Decoders.ndjson(options(columns)), rows);
            case CSV -> bytes(file, content, Decoders.csv(options(texts(columns)), options.csv()), rows);
            case PARQUET -> TypedFile.read(formats.find("parquet"), file, content, rows);
        }
    }

    private static DecoderOptions options(Schema columns) {
        return DecoderOptions.of(new StreamSchema(columns), Contract.EXPLICIT);
    }

    private static Schema texts(Schema columns) {
        return Schema.of(columns.fields().stream()
                .map(field -> Field.nullable(field.name(), DataType.STRING))
                .toList());
    }

    private static void bytes(String file, InputStream content, ByteDecoder decoder, Consumer<RecordBatch> rows)
            throws IOException {
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
            throw unreadable(bad.message(), file + ", record " + bad.ordinal());
        }
    }

    static WisentException unreadable(String why, String where) {
        return WisentException.of(ErrorCode.DESTINATION_CORRUPT, "a row can't be read back: " + why)
                .where(where);
    }
}
