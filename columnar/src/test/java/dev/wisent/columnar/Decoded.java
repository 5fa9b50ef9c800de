package dev.wisent.columnar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/// What a decoder made of an input: rows as NDJSON, their ordinals, and the bad records. Compared as a whole by tests that
/// cut an input in different ways.
final class Decoded implements RecordSink {
    final List<String> rows = new ArrayList<>();
    final List<Long> ordinals = new ArrayList<>();
    /// Where each row's record begins: `line:byte`.
    final List<String> places = new ArrayList<>();
    final List<BadRecord> bad = new ArrayList<>();
    final List<Schema> schemas = new ArrayList<>();
    long recordsDone;
    long byteOffset;

    static Decoded of(ByteDecoder decoder, String input) {
        return of(decoder, input.getBytes(StandardCharsets.UTF_8));
    }

    static Decoded of(ByteDecoder decoder, byte[] input) {
        return of(decoder, input, left -> left);
    }

    /// Feeds as many bytes at a time as `piece` says for the number that is left.
    static Decoded of(ByteDecoder decoder, byte[] input, ToIntFunction<Integer> piece) {
        Decoded decoded = new Decoded();
        for (int at = 0; at < input.length; ) {
            int length = Math.min(piece.applyAsInt(input.length - at), input.length - at);
            // An array of just these bytes: whoever reads outside fails.
            byte[] fed = Arrays.copyOfRange(input, at, at + length);
            decoder.feed(fed, 0, length, decoded);
            Arrays.fill(fed, (byte) '#');
            at += length;
        }
        decoder.end(decoded);
        return decoded;
    }

    /// The same input in pieces of 1 to `longest` bytes.
    static Decoded inPieces(ByteDecoder decoder, byte[] input, Random random, int longest) {
        return of(decoder, input, left -> 1 + random.nextInt(longest));
    }

    @Override
    public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
        schemas.add(batch.schema());
        NdjsonEncoder encoder = new NdjsonEncoder(batch.schema());
        OutputBuffer out = new OutputBuffer();
        for (int row = 0; row < batch.rows(); row++) {
            out.clear();
            encoder.encode(batch, row, row + 1, out);
            rows.add(out.toString().strip());
            ordinals.add(batch.numbering().ordinal(row));
            Places at = batch.places().orElseThrow();
            places.add(at.lines()[row] + ":" + at.byteOffsets()[row]);
        }
        this.recordsDone = recordsDone;
        this.byteOffset = byteOffset;
    }

    @Override
    public void bad(BadRecord record) {
        bad.add(record);
    }

    /// `2 SYNTAX`: ordinal and reason of each bad record.
    List<String> reasons() {
        return bad.stream().map(b -> b.ordinal() + " " + b.reason()).toList();
    }

    /// Everything that must not depend on how an input is cut.
    String placed() {
        return all() + places;
    }

    /// The rows and the bad records.
    String all() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append(ordinals.get(i)).append(' ').append(rows.get(i)).append('\n');
        }
        for (BadRecord b : bad) {
            text.append(b.ordinal()).append(' ').append(b.reason()).append(' ').append(b.place());
            text.append(' ')
                    .append(b.rawBytes())
                    .append(' ')
                    .append(b.message())
                    .append(' ')
                    .append(b.column());
            text.append(' ')
                    .append(new String(b.raw(), StandardCharsets.ISO_8859_1))
                    .append('\n');
        }
        return text.toString();
    }

    static Schema schema(String... namesAndTypes) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            String type = namesAndTypes[i + 1];
            boolean required = type.endsWith("!");
            DataType parsed = TypeParser.parse(required ? type.substring(0, type.length() - 1) : type);
            fields.add(required ? Field.required(namesAndTypes[i], parsed) : Field.nullable(namesAndTypes[i], parsed));
        }
        return Schema.of(fields);
    }

    static DecoderOptions explicit(String... namesAndTypes) {
        return DecoderOptions.of(new StreamSchema(schema(namesAndTypes)), Contract.EXPLICIT);
    }

    static DecoderOptions inferred(String... namesAndTypes) {
        return DecoderOptions.of(new StreamSchema(schema(namesAndTypes)), Contract.INFERRED);
    }

    static Decoded ndjson(DecoderOptions options, String input) {
        return of(Decoders.ndjson(options), input);
    }
}
