package dev.wisent.engine.internal.transform;

import dev.wisent.api.Reject;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.transform.Transform;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.engine.LabelledTransform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Batches from JSON, and what a chain makes of them as JSON.
final class Rows implements TransformChain.Out {
    final List<String> lines = new ArrayList<>();
    final List<String> numbers = new ArrayList<>();
    final List<Reject> rejects = new ArrayList<>();
    long added;
    long filtered;
    RecordBatch last = RecordBatch.of(RawRecords.SCHEMA);

    static RecordBatch raw(String... records) {
        RecordBatch batch = RecordBatch.of(RawRecords.SCHEMA);
        for (String record : records) {
            ((BytesColumn) batch.column(RawRecords.DATA)).append(record);
            ((LongColumn) batch.column(RawRecords.TIMESTAMP)).append(7);
            batch.endRow();
        }
        return batch.number(new Numbering.Within(1, 0));
    }

    static RecordBatch of(Schema schema, String... records) {
        RecordBatch batch = RecordBatch.of(schema);
        JsonRecordDecoder decoder = new JsonRecordDecoder(new StreamSchema(schema), Contract.EXPLICIT);
        for (String record : records) {
            byte[] json = record.getBytes(StandardCharsets.UTF_8);
            if (!(decoder.decode(json, 0, json.length, batch) instanceof JsonRecordDecoder.Outcome.Decoded)) {
                throw new IllegalArgumentException(record);
            }
        }
        return batch;
    }

    /// What `transforms` make of `batch`.
    static Rows through(RecordBatch batch, Transform... transforms) {
        Rows rows = new Rows();
        List<LabelledTransform> labelled = new ArrayList<>();
        for (Transform transform : transforms) {
            labelled.add(new LabelledTransform("step" + (labelled.size() + 1), "", transform));
        }
        try (TransformChain chain = new TransformChain(labelled)) {
            chain.apply("input", batch, rows);
        }
        return rows;
    }

    List<String> rejected() {
        return rejects.stream()
                .map(r -> new String(r.raw(), StandardCharsets.UTF_8) + " " + r.message())
                .toList();
    }

    @Override
    public void transformed(RecordBatch batch, AsRead read) {
        last = batch;
        OutputBuffer out = new OutputBuffer();
        NdjsonEncoder encoder = new NdjsonEncoder(batch.schema());
        for (int row = 0; row < batch.rows(); row++) {
            if (batch.schema().equals(RawRecords.SCHEMA)) {
                lines.add(((BytesColumn) batch.column(RawRecords.DATA)).string(row));
            } else {
                out.clear();
                encoder.encode(batch, row, row + 1, out);
                lines.add(out.toString().strip());
            }
            Numbering n = batch.numbering();
            numbers.add(n.ordinal(row) + "/" + n.index(row) + "/" + n.part(row));
        }
    }

    @Override
    public void refuse(Reject reject) {
        rejects.add(reject);
    }

    @Override
    public void counted(long more, long fewer) {
        added += more;
        filtered += fewer;
    }
}
