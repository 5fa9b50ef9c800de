package dev.wisent.connectors.transformduckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.source.RawRecords;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.columnar.TypeParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Batches from JSON, and back.
final class Rows {
    private Rows() {}

    /// `id int64`, `tags list<string>`: nullable all.
    static Schema schema(String... columns) {
        return Schema.of(Stream.of(columns)
                .map(column -> column.split(" ", 2))
                .map(parts -> Field.nullable(parts[0], TypeParser.parse(parts[1])))
                .toList());
    }

    static RecordBatch of(Schema schema, String... json) {
        RecordBatch batch = RecordBatch.of(schema);
        JsonRecordDecoder decoder = new JsonRecordDecoder(new StreamSchema(schema), Contract.EXPLICIT);
        for (String record : json) {
            byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
            assertThat(decoder.decode(bytes, 0, bytes.length, batch))
                    .as(record)
                    .isInstanceOf(JsonRecordDecoder.Outcome.Decoded.class);
        }
        return batch;
    }

    static RecordBatch records(String... json) {
        RecordBatch batch = RecordBatch.of(RawRecords.SCHEMA);
        for (String record : json) {
            ((BytesColumn) batch.column(RawRecords.DATA)).append(record);
            batch.column(RawRecords.TIMESTAMP).appendNull();
            batch.endRow();
        }
        return batch;
    }

    static List<String> lines(Applied applied) {
        return lines(applied.rows());
    }

    static List<String> lines(RecordBatch rows) {
        if (rows.schema().equals(RawRecords.SCHEMA)) {
            BytesColumn data = (BytesColumn) rows.column(RawRecords.DATA);
            return IntStream.range(0, rows.rows()).mapToObj(data::string).toList();
        }
        OutputBuffer out = new OutputBuffer();
        new NdjsonEncoder(rows.schema()).encode(rows, 0, rows.rows(), out);
        return new String(out.copy(), StandardCharsets.UTF_8).lines().toList();
    }

    /// What a statement makes of the batch, on a DuckDB of its own.
    static Result through(String sql, RecordBatch batch) {
        try (TransformStep step = new Sql(sql).step()) {
            Applied applied = step.apply(batch);
            int[] origins = switch (applied.origins()) {
                case Applied.Origins.Same same ->
                    IntStream.range(0, applied.rows().rows()).toArray();
                case Applied.Origins.Rows(int[] of) ->
                    IntStream.of(of).limit(applied.rows().rows()).toArray();
            };
            return new Result(
                    lines(applied),
                    applied.rows().schema(),
                    IntStream.of(origins).boxed().toList(),
                    applied.refused());
        }
    }

    /// Copies, which outlive the step.
    record Result(List<String> lines, Schema schema, List<Integer> origins, List<Applied.Refused> refused) {
        DataType type(String column) {
            return schema.field(schema.indexOf(column).orElseThrow()).type();
        }
    }
}
