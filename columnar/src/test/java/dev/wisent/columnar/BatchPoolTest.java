package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchPoolTest {
    private static final Schema SCHEMA = Schema.of(
            Field.nullable("id", DataType.INT64),
            Field.nullable("name", DataType.STRING),
            Field.nullable("note", DataType.STRING));

    private final StreamSchema schema = new StreamSchema(SCHEMA);
    private final BatchPool pool = new BatchPool();
    private final List<String> rows = new ArrayList<>();
    private final List<RecordBatch> batches = new ArrayList<>();

    private ByteDecoder decoder() {
        return Decoders.ndjson(DecoderOptions.of(schema, Contract.INFERRED).sharing(pool));
    }

    private void feed(ByteDecoder decoder, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        decoder.feed(bytes, 0, bytes.length, sink());
    }

    private RecordSink sink() {
        return new RecordSink() {
            @Override
            public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
                batches.add(batch);
                NdjsonEncoder encoder = new NdjsonEncoder(batch.schema());
                OutputBuffer out = new OutputBuffer();
                encoder.encode(batch, 0, batch.rows(), out);
                rows.add(out.toString());
            }

            @Override
            public void bad(BadRecord bad) {
                throw new AssertionError(bad);
            }
        };
    }

    private void read(String text) {
        ByteDecoder decoder = decoder();
        feed(decoder, text);
        decoder.end(sink());
    }

    @Test
    void the_next_input_fills_the_batch_of_the_one_before_and_nothing_of_that_is_left_in_it() {
        read("{\"id\":1,\"name\":\"a\",\"note\":\"first\"}\n");
        read("{\"id\":2,\"name\":null}\n");

        assertThat(batches.get(1)).isSameAs(batches.get(0));
        assertThat(rows)
                .containsExactly("{\"id\":1,\"name\":\"a\",\"note\":\"first\"}\n", "{\"id\":2,\"name\":null}\n");
    }

    @Test
    void inputs_that_are_read_side_by_side_have_batches_of_their_own() {
        ByteDecoder one = decoder();
        ByteDecoder other = decoder();
        feed(one, "{\"id\":1}\n");
        feed(other, "{\"id\":2}\n");
        one.end(sink());
        other.end(sink());

        assertThat(rows).containsExactly("{\"id\":1}\n", "{\"id\":2}\n");
        assertThat(batches.get(1)).isNotSameAs(batches.get(0));
    }

    @Test
    void one_that_held_a_giant_is_not_used_again() {
        read("{\"id\":1,\"name\":\"" + "x".repeat(3 * RecordBatch.MAX_BYTES) + "\"}\n");
        read("{\"id\":2}\n");

        assertThat(batches.get(1)).isNotSameAs(batches.get(0));
    }

    @Test
    void one_of_an_older_schema_is_not_used_again() {
        read("{\"id\":1}\n");
        read("{\"id\":2,\"more\":true}\n");
        read("{\"id\":3}\n");

        assertThat(batches.get(2).schema()).isSameAs(schema.current());
        assertThat(rows.get(1)).isEqualTo("{\"id\":2,\"more\":true}\n");
    }
}
