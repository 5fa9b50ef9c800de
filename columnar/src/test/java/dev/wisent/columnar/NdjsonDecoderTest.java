package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NdjsonDecoderTest {
    @Test
    void lines_are_records_whatever_ends_them() {
        assertThat(read("{\"n\":1}\n{\"n\":2}\r\n{\"n\":3}").rows)
                .containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
    }

    @Test
    void an_empty_input_has_no_records() {
        assertThat(read("").all()).isEmpty();
        assertThat(read("\n\r\n \t \n").all()).isEmpty();
    }

    @Test
    void blank_lines_are_no_records_but_count_as_lines() {
        Decoded decoded = read("\n  \n{\"n\":1}\n\r\nx\n");
        assertThat(decoded.ordinals).containsExactly(0L);
        assertThat(decoded.bad.getFirst().place()).isEqualTo(new Place(1, 5, 14));
    }

    @Test
    void a_byte_order_mark_at_the_start_is_skipped_and_counted() {
        byte[] input = "\ufeff{\"n\":1}\nx\n".getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece < input.length; piece++) {
            int length = piece;
            Decoded decoded = Decoded.of(decoder(), input, left -> length);
            assertThat(decoded.rows).containsExactly("{\"n\":1}");
            assertThat(decoded.bad.getFirst().place()).isEqualTo(new Place(1, 2, 11));
        }
    }

    @Test
    void half_a_byte_order_mark_or_one_further_on_is_no_json() {
        assertThat(read(new byte[] {(byte) 0xEF, (byte) 0xBB}).reasons()).containsExactly("0 SYNTAX");
        assertThat(read("{\"n\":1}\n\ufeff{\"n\":2}\n").reasons()).containsExactly("1 SYNTAX");
    }

    @Test
    void pieces_of_any_size_give_the_same_records() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            text.append(
                    switch (random.nextInt(12)) {
                        case 0 -> "{\"n\":x}";
                        case 1 -> "";
                        case 2 -> "  [1]";
                        case 3 -> "{\"n\":\"" + "y".repeat(random.nextInt(300)) + "\"}";
                        case 4 -> "{\"new" + random.nextInt(5) + "\":" + i + "}";
                        case 5 -> "{\"n\":1.5e0}\r";
                        default -> "{\"s\":\"\u00e9\\n" + "\u20ac".repeat(random.nextInt(40)) + "\",\"n\":" + i + "}";
                    });
            text.append('\n');
        }
        byte[] input = text.toString().getBytes(StandardCharsets.UTF_8);
        String whole = Decoded.of(evolving(), input).placed();
        assertThat(whole).contains("SYNTAX").contains("TYPE").contains("new4");
        for (int longest : new int[] {1, 2, 7, 100, 5_000}) {
            assertThat(Decoded.inPieces(evolving(), input, random, longest).placed())
                    .as("seed %d, pieces of up to %d bytes", seed, longest)
                    .isEqualTo(whole);
        }
    }

    @Test
    void a_giant_record_is_let_go_of_once_it_is_decoded() {
        byte[] text = ("{\"s\":\"" + "y".repeat(8 << 20) + "\",\"n\":1}\n").getBytes(StandardCharsets.UTF_8);
        int half = text.length / 2;
        RecordSink nowhere = new RecordSink() {
            @Override
            public void rows(RecordBatch batch, long recordsDone, long byteOffset) {}

            @Override
            public void bad(BadRecord record) {}
        };
        long before = usedMemory();
        List<ByteDecoder> decoders = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ByteDecoder decoder = Decoders.ndjson(Decoded.inferred("n", "int64", "s", "string"));
            decoder.feed(text, 0, half, nowhere);
            decoder.feed(text, half, text.length - half, nowhere);
            decoders.add(decoder);
        }
        assertThat(usedMemory() - before).isLessThan(2L * text.length);
        decoders.forEach(decoder -> decoder.end(nowhere));
    }

    private static long usedMemory() {
        System.gc();
        Runtime jvm = Runtime.getRuntime();
        return jvm.totalMemory() - jvm.freeMemory();
    }

    private static ByteDecoder evolving() {
        return Decoders.ndjson(Decoded.inferred("n", "int64", "s", "string").withMaxRecordBytes(250));
    }

    @Test
    void a_record_that_is_too_large_is_bad_with_its_first_bytes_and_the_next_one_passes() {
        DecoderOptions options = Decoded.explicit("n", "int64", "s", "string").withMaxRecordBytes(1_000);
        String large = "{\"s\":\"" + "x".repeat(200_000) + "\"}";
        for (int piece : new int[] {1, 999, 1_001, 70_000, 1 << 20}) {
            Decoded decoded = Decoded.of(
                    Decoders.ndjson(options),
                    ("{\"n\":1}\n" + large + "\n{\"n\":3}\n").getBytes(StandardCharsets.UTF_8),
                    left -> piece);
            assertThat(decoded.rows).containsExactly("{\"n\":1}", "{\"n\":3}");
            BadRecord bad = decoded.bad.getFirst();
            assertThat(bad.reason()).isEqualTo(BadRecord.Reason.TOO_LARGE);
            assertThat(bad.rawBytes()).isEqualTo(large.length());
            assertThat(new String(bad.raw(), StandardCharsets.UTF_8)).isEqualTo(large.substring(0, BadRecord.MAX_RAW));
            assertThat(bad.place()).isEqualTo(new Place(1, 2, 8));
        }
    }

    @Test
    void a_record_of_exactly_the_limit_passes_and_one_byte_more_does_not() {
        String line = "{\"n\":1}";
        byte[] input = (line + "\n" + line + " \n" + line).getBytes(StandardCharsets.UTF_8);
        DecoderOptions options = Decoded.explicit("n", "int64").withMaxRecordBytes(line.length());
        for (int piece = 1; piece <= input.length; piece++) {
            int length = piece;
            assertThat(Decoded.of(Decoders.ndjson(options), input, left -> length)
                            .reasons())
                    .containsExactly("1 TOO_LARGE");
        }
    }

    @Test
    void forty_megabytes_pass_by_default_and_a_hundred_are_refused_without_being_held() {
        ByteDecoder decoder = Decoders.ndjson(Decoded.explicit("s", "string"));
        List<Integer> lengths = new ArrayList<>();
        List<BadRecord> bad = new ArrayList<>();
        RecordSink sink = new RecordSink() {
            @Override
            public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
                for (int i = 0; i < batch.rows(); i++) {
                    lengths.add(((BytesColumn) batch.column(0)).length(i));
                }
            }

            @Override
            public void bad(BadRecord record) {
                bad.add(record);
            }
        };
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        for (int megabytes : new int[] {40, 100, 1}) {
            feed(decoder, "{\"s\":\"", sink);
            for (int i = 0; i < megabytes; i++) {
                decoder.feed(block, 0, block.length, sink);
            }
            feed(decoder, "\"}\n", sink);
        }
        decoder.end(sink);
        assertThat(lengths).containsExactly(40 << 20, 1 << 20);
        assertThat(bad).singleElement().satisfies(b -> {
            assertThat(b.reason()).isEqualTo(BadRecord.Reason.TOO_LARGE);
            assertThat(b.rawBytes()).isEqualTo((100L << 20) + 8);
            assertThat(b.raw()).hasSize(BadRecord.MAX_RAW);
        });
    }

    private static void feed(ByteDecoder decoder, String text, RecordSink sink) {
        decoder.feed(text.getBytes(StandardCharsets.UTF_8), 0, text.length(), sink);
    }

    @Test
    void a_thousand_levels_pass_and_one_more_is_refused_on_a_small_stack() throws InterruptedException {
        List<Decoded> results = new ArrayList<>();
        Thread small = new Thread(
                null,
                () -> {
                    for (String type : List.of("json", "string", "int64")) {
                        for (int depth : new int[] {999, 1_000, 100_000}) {
                            results.add(nested("[", "]", depth, type));
                            results.add(nested("{\"k\":", "}", depth, type));
                        }
                    }
                },
                "small stack",
                64 << 10);
        small.start();
        small.join();
        for (int i = 0; i < results.size(); i++) {
            Decoded decoded = results.get(i);
            boolean deep = i % 6 >= 2;
            boolean json = i < 6;
            assertThat(decoded.reasons())
                    .containsExactlyElementsOf(deep ? List.of("0 DEPTH") : json ? List.of() : List.of("0 TYPE"));
        }
        assertThat(results).hasSize(18);
    }

    private static Decoded nested(String open, String close, int depth, String type) {
        String value = open.repeat(depth) + "1" + close.repeat(depth);
        return Decoded.ndjson(Decoded.explicit("v", type), "{\"v\":" + value + "}\n");
    }

    @Test
    void a_decoder_that_starts_where_another_one_stood_goes_on_as_if_it_was_that() {
        byte[] input = "{\"n\":1}\n\nx\n{\"n\":3}\n{\"n\":4}\n".getBytes(StandardCharsets.UTF_8);
        Decoded all = read(input);
        for (int cut = 0; cut <= input.length; cut++) {
            ByteDecoder first = decoder();
            Decoded before = new Decoded();
            first.feed(input, 0, cut, before);
            first.flush(before);
            Place place = first.place();
            Decoded after = Decoded.of(
                    Decoders.ndjson(Decoded.explicit("n", "int64").startingAt(place)),
                    Arrays.copyOfRange(input, (int) place.byteOffset(), input.length));
            before.rows.addAll(after.rows);
            before.ordinals.addAll(after.ordinals);
            before.places.addAll(after.places);
            before.bad.addAll(after.bad);
            assertThat(before.placed()).isEqualTo(all.placed());
        }
    }

    @Test
    void a_decoder_that_is_fed_from_the_start_again_hands_over_only_what_is_new() {
        Decoded decoded =
                Decoded.ndjson(Decoded.explicit("n", "int64").emittingFrom(2), "x\n{\"n\":1}\n{\"n\":2}\ny\n");
        assertThat(decoded.rows).containsExactly("{\"n\":2}");
        assertThat(decoded.ordinals).containsExactly(2L);
        assertThat(decoded.reasons()).containsExactly("3 SYNTAX");
    }

    @Test
    void batches_end_before_they_grow_too_large_and_report_how_far_they_reach() {
        StringBuilder input = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            input.append("{\"n\":").append(i % 10).append("}\n");
        }
        List<Integer> sizes = new ArrayList<>();
        ByteDecoder decoder = decoder();
        RecordSink sink = new RecordSink() {
            private long done;

            @Override
            public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
                sizes.add(batch.rows());
                done += batch.rows();
                assertThat(recordsDone).isEqualTo(done);
                assertThat(byteOffset).isEqualTo(done * 8);
                assertThat(batch.numbering()).isEqualTo(new Numbering.Counting(done - batch.rows()));
            }

            @Override
            public void bad(BadRecord bad) {
                throw new AssertionError(bad.message());
            }
        };
        byte[] bytes = input.toString().getBytes(StandardCharsets.UTF_8);
        decoder.feed(bytes, 0, bytes.length, sink);
        decoder.end(sink);
        assertThat(sizes).containsExactly(32_768, 32_768, 32_768, 1_696);
        assertThat(decoder.records()).isEqualTo(100_000);
        assertThat(decoder.place()).isEqualTo(new Place(100_000, 100_001, 800_000));
    }

    @Test
    void nothing_is_fed_after_the_end() {
        ByteDecoder decoder = decoder();
        decoder.end(new Decoded());
        assertThatThrownBy(() -> decoder.feed(new byte[1], 0, 1, new Decoded()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static ByteDecoder decoder() {
        return Decoders.ndjson(Decoded.explicit("n", "int64"));
    }

    private static Decoded read(String input) {
        return Decoded.of(decoder(), input);
    }

    private static Decoded read(byte[] input) {
        return Decoded.of(decoder(), input);
    }

    @Test
    void each_row_knows_the_line_and_byte_its_record_begins_at() {
        Decoded decoded =
                Decoded.ndjson(Decoded.explicit("a", "int64"), "{\"a\":1}\n\n{\"a\":x}\n{\"a\":2}\r\n  \n{\"a\":3}");
        assertThat(decoded.rows).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
        assertThat(decoded.places).containsExactly("1:0", "4:17", "6:29");
    }
}
