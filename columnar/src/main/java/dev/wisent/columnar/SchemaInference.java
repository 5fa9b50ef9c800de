package dev.wisent.columnar;

import dev.wisent.columnar.internal.LineSplitter;
import dev.wisent.columnar.internal.Splitter;
import dev.wisent.columnar.internal.csv.CsvBoundary;
import dev.wisent.columnar.internal.csv.Transcoder;
import dev.wisent.columnar.internal.infer.CellShapes;
import dev.wisent.columnar.internal.infer.JsonShapes;
import dev.wisent.columnar.internal.infer.Sampler;
import dev.wisent.columnar.internal.json.DocumentSplitter;
import dev.wisent.columnar.internal.json.LineBoundary;

/// Finds a schema from samples of a stream. One thread.
///
/// Calls: for each sampled file `feed` any number of times, then [#endFile] or [#cutFile]; at the end [#schema]. The caller
/// samples [#SAMPLE_BYTES] over up to [#SAMPLE_FILES] files. All fields are nullable and in the order they were first seen;
/// `docs/reference/formats.md` says which values give which type. Records that are not valid are left out.
public final class SchemaInference {
    /// How much of a stream is sampled: enough to see rare columns, read in well under a second.
    public static final long SAMPLE_BYTES = 16L << 20;
    /// Over how many files: the newest may have columns the oldest has not.
    public static final int SAMPLE_FILES = 8;

    private static final RecordSink NOBODY = new RecordSink() {
        @Override
        public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
            throw new IllegalStateException("samples are not decoded");
        }

        @Override
        public void bad(BadRecord bad) {
            throw new IllegalStateException("samples are not decoded");
        }
    };

    private final Sampler sampler;
    private Splitter file;

    private SchemaInference(Sampler sampler) {
        this.sampler = sampler;
        this.file = sampler.open();
    }

    public static SchemaInference ndjson() {
        return new SchemaInference(new JsonShapes(handler ->
                new LineSplitter(new LineBoundary(), handler, Place.START, DecoderOptions.DEFAULT_MAX_RECORD_BYTES)));
    }

    public static SchemaInference jsonDocument(RecordsPath path) {
        DecoderOptions options = DecoderOptions.of(new StreamSchema(Schema.of()), Contract.INFERRED);
        return new SchemaInference(new JsonShapes(handler -> new DocumentSplitter(options, path, handler)));
    }

    public static SchemaInference csv(CsvOptions csv) {
        return new SchemaInference(new CellShapes(
                csv,
                handler -> new Transcoder(
                        csv.encoding(),
                        new LineSplitter(
                                new CsvBoundary(csv), handler, Place.START, DecoderOptions.DEFAULT_MAX_RECORD_BYTES))));
    }

    /// Takes the next bytes of the current file.
    public void feed(byte[] data, int offset, int length) {
        file.feed(data, offset, length, NOBODY);
    }

    /// The current file is over: its last record counts, even without a line end.
    public void endFile() {
        file.end(NOBODY);
        file = sampler.open();
    }

    /// No more of the current file is sampled: what was fed since the last whole record is forgotten.
    public void cutFile() {
        file = sampler.open();
    }

    /// Valid records seen so far.
    public long records() {
        return sampler.records();
    }

    /// The schema of what was seen so far; without fields when there was no valid record.
    public Schema schema() {
        return Schema.of(sampler.fields());
    }
}
