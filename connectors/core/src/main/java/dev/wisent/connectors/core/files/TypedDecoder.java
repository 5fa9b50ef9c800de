package dev.wisent.connectors.core.files;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.format.FileFormat;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;

/// Decodes one file whose records carry their types, and makes them fit the stream's schema.
final class TypedDecoder implements Decoder {
    private final FilesOptions.Commits commits;
    private final StreamSchema schema;
    private final Decoder decoder;
    private final Fitting fitting;
    private final PathColumns pathColumns;

    TypedDecoder(FilesOptions options, FileFormat format, InputFile file, DecodeContext context) {
        this.commits = options.commits();
        this.schema = context.schema().orElseGet(() -> new StreamSchema(Schema.of()));
        this.decoder = format.decoder(file.where(), context.after(), options.projection());
        this.fitting = new Fitting(options, schema, file.where());
        this.pathColumns = new PathColumns(options.partitionColumns(), options.forms(), file.where());
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        decoder.decode(chunk, new Fitted(out, commits));
    }

    /// The end is always a place to commit at.
    @Override
    public void end(BatchSink out) {
        decoder.end(new Fitted(out, FilesOptions.Commits.WITHIN_FILES));
    }

    @Override
    public void close() {
        decoder.close();
    }

    private final class Fitted implements BatchSink {
        private final BatchSink out;
        private final FilesOptions.Commits stands;

        Fitted(BatchSink out, FilesOptions.Commits stands) {
            this.out = out;
            this.stands = stands;
        }

        @Override
        public void rows(RecordBatch batch, Stand upTo) {
            Position at = upTo.position();
            if (batch.rows() > 0) {
                fitting.fit(batch, this::fitted, out);
            }
            if (stands == FilesOptions.Commits.WITHIN_FILES) {
                out.rows(RecordBatch.of(schema.current()), Stand.safe(at));
            }
        }

        private void fitted(RecordBatch batch, long recordsDone) {
            out.rows(pathColumns.in(batch), Stand.notHere(Position.at(recordsDone)));
        }

        @Override
        public void reject(Reject reject) {
            out.reject(reject);
        }

        @Override
        public void discarded(long values) {
            out.discarded(values);
        }
    }
}
