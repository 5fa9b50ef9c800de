package dev.wisent.engine.reject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.RunId;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.source.Traits;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.engine.LabelledTransform;
import dev.wisent.engine.internal.reject.RejectFiles;
import dev.wisent.engine.internal.transform.AsRead;
import dev.wisent.engine.internal.transform.TransformChain;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that a transform refuses, kept in a file, read back and decoded: they are what they were.
class KeptRowsTest {
    private static final Schema COLUMNS =
            Schema.of(Field.nullable("id", DataType.INT64), Field.nullable("name", DataType.STRING));

    @TempDir
    Path folder;

    /// Refuses every row.
    private record Refuse() implements Transform {
        @Override
        public String fingerprint() {
            return "refuse";
        }

        @Override
        public Optional<Schema> check(Optional<Schema> input) {
            return input;
        }

        @Override
        public TransformStep step() {
            return batch -> new Applied(
                    RecordBatch.of(batch.schema()),
                    new Applied.Origins.Rows(new int[0]),
                    IntStream.range(0, batch.rows())
                            .mapToObj(row -> new Applied.Refused(row, ErrorCode.TRANSFORM_FAILED, "no"))
                            .toList());
        }
    }

    /// Takes what comes back.
    private static final class Back implements BatchSink, TransformChain.Out {
        final List<String> rows = new ArrayList<>();
        final List<Reject> rejects = new ArrayList<>();

        @Override
        public void rows(RecordBatch batch, Stand upTo) {
            for (int row = 0; row < batch.rows(); row++) {
                OutputBuffer text = new OutputBuffer();
                new NdjsonEncoder(batch.schema()).encode(batch, row, row + 1, text);
                rows.add(batch.op(row) + " " + batch.destinationId().orElse("-") + " "
                        + text.toString().strip());
            }
        }

        @Override
        public void reject(Reject reject) {
            rejects.add(reject);
        }

        @Override
        public void discarded(long values) {}

        @Override
        public void transformed(RecordBatch batch, AsRead read) {}

        @Override
        public void refuse(Reject reject) {
            rejects.add(reject);
        }

        @Override
        public void counted(long added, long filtered) {}
    }

    private List<KeptReject> kept(List<Reject> rejects) {
        RejectFiles files = new RejectFiles(folder, new RunId("run"), new StreamId("s"), LaneId.FIRST, 1);
        rejects.forEach(files::add);
        List<KeptReject> kept = new ArrayList<>();
        new KeptRejects(folder, folder).read(Path.of(files.seal().orElseThrow().path()), kept::add);
        return kept;
    }

    private static Back replayed(List<KeptReject> kept, Traits.Shape shape, Optional<StreamSchema> schema) {
        Back back = new Back();
        ReplayDecoder decoder = new ReplayDecoder(Optional.empty(), shape, new DecodeContext(Position.START, schema));
        kept.forEach(reject -> decoder.decode(
                new Fetched.Chunk(
                        new SplitId("rejects:x"),
                        new Payload.Client(reject, 1),
                        0,
                        Optional.of(Stand.safe(Position.at(reject.number())))),
                back));
        return back;
    }

    private static List<Reject> refused(RecordBatch batch) {
        Back back = new Back();
        try (TransformChain chain = new TransformChain(List.of(new LabelledTransform("no", "", new Refuse())))) {
            chain.apply("input", batch, back);
        }
        return back.rejects;
    }

    @Test
    void schemaless_records_keep_their_time_and_where_they_belong() {
        RecordBatch batch = RecordBatch.of(RawRecords.SCHEMA);
        ((BytesColumn) batch.column(RawRecords.DATA)).append("{\"a\":1}");
        ((LongColumn) batch.column(RawRecords.TIMESTAMP)).append(1_795_000_000_123_456L);
        batch.endRow();
        ((BytesColumn) batch.column(RawRecords.DATA)).append("{}");
        batch.column(RawRecords.TIMESTAMP).appendNull();
        batch.endRow();
        batch.routeTo(Optional.of("aside"));

        Back back = replayed(kept(refused(batch)), Traits.Shape.RECORDS, Optional.empty());

        assertThat(back.rows)
                .containsExactly(
                        "INSERT aside {\"source_data\":{\"a\":1},\"source_timestamp\":\"2026-11-18T11:06:40.123456Z\"}",
                        "INSERT aside {\"source_data\":{},\"source_timestamp\":null}");
    }

    @Test
    void rows_keep_their_operation() {
        StreamSchema schema = new StreamSchema(COLUMNS);
        RecordBatch batch = RecordBatch.of(COLUMNS);
        JsonRecordDecoder decoder = new JsonRecordDecoder(schema, Contract.EXPLICIT);
        for (String row : List.of("{\"id\":1,\"name\":\"a\"}", "{\"id\":2,\"name\":null}", "{\"id\":3}")) {
            byte[] json = row.getBytes(StandardCharsets.UTF_8);
            decoder.decode(json, 0, json.length, batch);
        }
        batch.operate(new RowOp[] {RowOp.INSERT, RowOp.UPDATE, RowOp.DELETE});

        Back back = replayed(kept(refused(batch)), Traits.Shape.COLUMNS, Optional.of(schema));

        assertThat(back.rows)
                .containsExactly(
                        "INSERT - {\"id\":1,\"name\":\"a\"}",
                        "UPDATE - {\"id\":2,\"name\":null}",
                        "DELETE - {\"id\":3}");
    }

    @Test
    void a_record_that_was_no_json_is_none_when_it_is_replayed() {
        List<Reject> rejects = List.of(parsed("{\"a\":1}"), parsed("not JSON"), parsed("[1]"), parsed("{} {}"));
        Back back = replayed(kept(rejects), Traits.Shape.RECORDS, Optional.empty());
        assertThat(back.rows).containsExactly("INSERT - {\"source_data\":{\"a\":1},\"source_timestamp\":null}");
        assertThat(back.rejects)
                .extracting(Reject::stage)
                .containsOnly(Reject.Stage.PARSE)
                .hasSize(3);
    }

    private static Reject parsed(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        return new Reject(
                1,
                Reject.Stage.PARSE,
                "page 1",
                1,
                OptionalLong.empty(),
                OptionalLong.empty(),
                bytes,
                bytes.length,
                "W2001",
                "no JSON object");
    }
}
