package dev.wisent.bench;

import com.github.luben.zstd.Zstd;
import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.Decoders;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.columnar.TypeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/// A piece of [LakeData] in memory, as each stage of the way to a lake gets it.
record StageInput(byte[] text) {
    static final int BYTES = 8_000_000;
    private static final int ZSTD_LEVEL = 3;

    static StageInput of(LakeData.Kind kind) {
        return new StageInput(LakeData.sample(kind, BYTES));
    }

    static Schema schema() {
        return Schema.of(LakeData.COLUMNS.entrySet().stream()
                .map(column -> Field.nullable(column.getKey(), TypeParser.parse(column.getValue())))
                .toList());
    }

    /// Gives every batch to `sink`; each record must be good.
    void parse(RecordSink sink) {
        ByteDecoder decoder = Decoders.ndjson(DecoderOptions.of(new StreamSchema(schema()), Contract.EXPLICIT));
        decoder.feed(text, 0, text.length, sink);
        decoder.end(sink);
    }

    /// All of it, to be encoded again and again.
    List<RecordBatch> batches() {
        List<RecordBatch> batches = new ArrayList<>();
        parse(new RecordSink() {
            @Override
            public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
                RecordBatch copy = RecordBatch.of(batch.schema());
                for (int i = 0; i < copy.columns().size(); i++) {
                    copy.column(i).appendRange(batch.column(i), 0, batch.rows());
                }
                batches.add(RecordBatch.over(batch.schema(), copy.columns(), batch.rows()));
            }

            @Override
            public void bad(BadRecord bad) {
                throw new IllegalStateException(bad.message());
            }
        });
        return batches;
    }

    byte[] zstd() {
        return Zstd.compress(text, ZSTD_LEVEL);
    }

    /// Without gzip's header and trailer.
    byte[] deflated() {
        try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(text);
            deflater.finish();
            byte[] out = new byte[text.length];
            return java.util.Arrays.copyOf(out, deflater.deflate(out));
        }
    }
}
