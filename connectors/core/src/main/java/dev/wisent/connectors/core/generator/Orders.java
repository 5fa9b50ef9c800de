package dev.wisent.connectors.core.generator;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Makes orders: each is a function of seed and id alone. One thread; nothing is allocated per row.
final class Orders {
    static final String KEY = "id";
    static final Schema SCHEMA = Schema.of(
            Field.required(KEY, DataType.INT64),
            Field.required("customer_id", DataType.INT64),
            Field.required("status", DataType.STRING),
            Field.required("amount", new DataType.Decimal(12, 2)),
            Field.required("created_at", DataType.TIMESTAMP),
            Field.required("note", DataType.STRING));
    static final StreamInfo STREAM = new StreamInfo(
            new StreamId("orders"),
            Optional.of(SCHEMA),
            List.of(KEY),
            List.of(KEY),
            Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL, SyncMode.STREAM),
            SyncMode.FULL_REFRESH);

    /// What a line of NDJSON needs besides the note, on average, with ids of six digits.
    private static final int OTHER_BYTES = 121;
    /// Slices of this many different starts make notes that compress like text, not like a constant.
    private static final int FILLER_STARTS = 1 << 16;

    private static final long CUSTOMERS = 100_000;
    private static final long CENTS = 1_000_000;
    private static final long MICROS = 1_000_000;
    private static final long FIRST_CREATED =
            Instant.parse("2025-01-01T00:00:00Z").getEpochSecond() * MICROS;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz      ";
    private static final byte[][] STATUSES =
            List.of("new", "paid", "packed", "shipped", "delivered", "returned").stream()
                    .map(status -> status.getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);

    private final long seed;
    private final int noteLength;
    private final byte[] filler;
    private final int batchRows;
    private final RecordBatch batch = RecordBatch.of(SCHEMA);
    private final LongColumn id = (LongColumn) batch.column(0);
    private final LongColumn customer = (LongColumn) batch.column(1);
    private final BytesColumn status = (BytesColumn) batch.column(2);
    private final LongColumn amount = (LongColumn) batch.column(3);
    private final LongColumn createdAt = (LongColumn) batch.column(4);
    private final BytesColumn note = (BytesColumn) batch.column(5);

    Orders(long seed, int recordBytes) {
        this.seed = seed;
        this.noteLength = Math.max(0, recordBytes - OTHER_BYTES);
        this.filler = filler(seed, FILLER_STARTS + noteLength);
        this.batchRows = Math.clamp(RecordBatch.MAX_BYTES / recordBytes, 1, RecordBatch.MAX_ROWS);
    }

    /// How many rows one batch takes.
    int batchRows() {
        return batchRows;
    }

    /// The orders `from` to `to`, both included, in the batch that is reused by the next call.
    RecordBatch make(long from, long to) {
        batch.clear();
        for (long order = from; order <= to; order++) {
            long random = mix(seed * 0x9E3779B97F4A7C15L + order);
            id.append(order);
            customer.append(1 + (random >>> 33) % CUSTOMERS);
            status.append(STATUSES[(int) ((random & 0xFFFF) * STATUSES.length >>> 16)]);
            amount.append((random >>> 20 & 0xFFFFFFFFL) % CENTS);
            createdAt.append(FIRST_CREATED + order * MICROS + (random >>> 44));
            note.append(filler, (int) (random >>> 8 & FILLER_STARTS - 1), noteLength);
            batch.endRow();
        }
        return batch;
    }

    /// Every bit of the result depends on every bit of `value` (Stafford, variant 13).
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    private static byte[] filler(long seed, int length) {
        Random random = new Random(seed);
        byte[] letters = new byte[length];
        random.nextBytes(letters);
        for (int i = 0; i < length; i++) {
            letters[i] = (byte) LETTERS.charAt(letters[i] & LETTERS.length() - 1);
        }
        return letters;
    }
}
