package dev.wisent.engine.internal.queue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BatchBytes;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.WireReader;
import java.util.Optional;
import java.util.function.Consumer;

/// Batches with the targets they are for, as the payload of an entry: compressed, after their length. A schema is written where
/// it differs from the one before. One thread.
final class RowBlock {
    private static final int SCHEMA = 1;
    private static final int ROWS = 2;
    /// Fast; the higher levels cost more time than the network saves.
    private static final int LEVEL = 1;

    private final OutputBuffer raw = new OutputBuffer();
    private Optional<Schema> schema = Optional.empty();
    private long rows;

    void add(String target, RecordBatch batch) {
        if (!schema.equals(Optional.of(batch.schema()))) {
            schema = Optional.of(batch.schema());
            raw.put(SCHEMA);
            BatchBytes.writeSchema(batch.schema(), raw);
        }
        raw.put(ROWS);
        BatchBytes.writeText(raw, target);
        BatchBytes.write(batch, raw);
        rows += batch.rows();
    }

    int length() {
        return raw.length();
    }

    long rows() {
        return rows;
    }

    /// Empties it and returns what was in it.
    byte[] take() {
        OutputBuffer out = new OutputBuffer(16);
        BatchBytes.writeNumber(out, raw.length());
        int most = Math.toIntExact(Zstd.compressBound(raw.length()));
        byte[] target = out.ensure(most);
        long length = Zstd.compressByteArray(target, out.length(), most, raw.array(), 0, raw.length(), LEVEL);
        if (Zstd.isError(length)) {
            throw new IllegalStateException("zstd: " + Zstd.getErrorName(length));
        }
        out.commit(out.length() + (int) length);
        clear();
        return out.copy();
    }

    void clear() {
        raw.clear();
        schema = Optional.empty();
        rows = 0;
    }

    /// The batches in `payload`, each routed to its target; valid during the call only.
    static void read(byte[] payload, Consumer<RecordBatch> each) {
        try {
            byte[] raw = inflated(payload);
            WireReader in = new WireReader(raw, 0, raw.length);
            Schema schema = Schema.of();
            while (!in.isAtEnd()) {
                switch (in.next()) {
                    case SCHEMA -> schema = BatchBytes.readSchema(in);
                    case ROWS -> {
                        String target = in.text();
                        each.accept(BatchBytes.read(schema, in).routeTo(Optional.of(target)));
                    }
                    default -> throw new IllegalArgumentException("it holds something unknown");
                }
            }
        } catch (IllegalArgumentException | ZstdException e) {
            throw WisentException.of(ErrorCode.QUEUE_FOREIGN, "rows in the queue can't be read: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static byte[] inflated(byte[] payload) {
        WireReader in = new WireReader(payload, 0, payload.length);
        int length = in.small();
        byte[] packed = in.rest();
        long stored = Zstd.getFrameContentSize(packed, 0, packed.length);
        if (stored != length) {
            throw new IllegalArgumentException("its length is given as " + length + " and as " + stored);
        }
        return Zstd.decompress(packed, length);
    }
}
