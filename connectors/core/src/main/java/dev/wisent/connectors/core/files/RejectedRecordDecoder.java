package dev.wisent.connectors.core.files;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;

/// Decodes records of files that were kept as rejects, each by itself, by the format as it is configured now.
final class RejectedRecordDecoder implements Decoder {
    private final FilesOptions options;
    private final StreamSchema schema;

    RejectedRecordDecoder(FilesOptions options, DecodeContext context) {
        this.options = options;
        this.schema = context.schema().orElseGet(() -> new StreamSchema(Schema.of()));
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Client(Reject kept, long bytes))) {
            throw new IllegalArgumentException("no kept reject: " + chunk.payload());
        }
        DecoderOptions decoding = DecoderOptions.of(schema, options.contract())
                .withMaxRecordBytes(options.maxRecordBytes())
                .withForms(options.forms());
        ByteDecoder decoder = options.format().ofOneRecord(kept.columns()).decoder(decoding);
        byte[] raw = options.format() instanceof InputFormat.Json ? onOneLine(kept.raw()) : kept.raw();
        Sink sink = new Sink(kept, out, new PathColumns(options.partitionColumns(), options.forms(), kept.where()));
        decoder.feed(raw, 0, raw.length, sink);
        decoder.end(sink);
        if (decoder.discardedValues() > 0) {
            out.discarded(decoder.discardedValues());
        }
    }

    /// A line break inside a JSON value is white space, or an error either way.
    private static byte[] onOneLine(byte[] json) {
        byte[] line = json.clone();
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\n' || line[i] == '\r') {
                line[i] = ' ';
            }
        }
        return line;
    }

    @Override
    public void end(BatchSink out) {}

    @Override
    public void close() {}

    private record Sink(Reject kept, BatchSink out, PathColumns pathColumns) implements RecordSink {
        @Override
        public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
            out.rows(pathColumns.in(batch), Stand.notHere(Position.at(kept.ordinal())));
        }

        @Override
        public void bad(BadRecord bad) {
            out.reject(new Reject(
                    1,
                    FileDecoder.stage(bad.reason()),
                    kept.where(),
                    kept.ordinal(),
                    kept.line(),
                    kept.byteOffset(),
                    bad.raw(),
                    bad.rawBytes(),
                    FileDecoder.code(bad.reason()).id(),
                    bad.message(),
                    kept.columns()));
        }
    }
}
