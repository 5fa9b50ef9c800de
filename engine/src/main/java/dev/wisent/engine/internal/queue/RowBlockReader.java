package dev.wisent.engine.internal.queue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BatchBytes;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.WireReader;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads what a [RowBlock] wrote, into memory it uses again. One thread.
final class RowBlockReader {
    private byte[] raw = {};
    private RecordBatch batch = RecordBatch.of(Schema.of());

    /// The batches in `payload`, which has an array, each routed to its target; valid during the call only.
    void read(ByteBuffer payload, Consumer<RecordBatch> each) {
        try {
            int length = inflate(payload);
            WireReader in = new WireReader(raw, 0, length);
            isOf(schema(in));
            while (!in.isAtEnd()) {
                switch (in.next()) {
                    case RowBlock.SCHEMA -> isOf(BatchBytes.readSchema(in));
                    case RowBlock.PLAIN_ROWS -> rows(in, BatchBytes.Layout.PLAIN, each);
                    case RowBlock.ROWS -> rows(in, BatchBytes.Layout.PACKED, each);
                    default -> throw new IllegalArgumentException("it holds something unknown");
                }
            }
        } catch (IllegalArgumentException | ZstdException e) {
            throw WisentException.of(ErrorCode.QUEUE_FOREIGN, "rows in the queue can't be read: " + e.getMessage())
                    .causedBy(e);
        } finally {
            if (raw.length > RowBlock.LARGEST_KEPT) {
                raw = new byte[0];
                batch = RecordBatch.of(batch.schema());
            }
        }
    }

    private void rows(WireReader in, BatchBytes.Layout layout, Consumer<RecordBatch> each) {
        String target = in.text();
        each.accept(BatchBytes.read(batch, in, layout).routeTo(Optional.of(target)));
    }

    /// A block begins with one: that of the block before is not its own.
    private static Schema schema(WireReader in) {
        if (in.isAtEnd() || in.next() != RowBlock.SCHEMA) {
            throw new IllegalArgumentException("its rows have no schema");
        }
        return BatchBytes.readSchema(in);
    }

    private void isOf(Schema schema) {
        if (!schema.equals(batch.schema())) {
            batch = RecordBatch.of(schema);
        }
    }

    /// Says how many bytes of [#raw] it filled.
    private int inflate(ByteBuffer payload) {
        byte[] array = payload.array();
        int begin = payload.arrayOffset() + payload.position();
        int end = begin + payload.remaining();
        WireReader in = new WireReader(array, begin, payload.remaining());
        int length = in.small();
        int from = in.position();
        long stored = Zstd.getFrameContentSize(array, from, end - from);
        if (stored != length) {
            throw new IllegalArgumentException("its length is given as " + length + " and as " + stored);
        }
        if (raw.length < length) {
            raw = new byte[length];
        }
        long filled = Zstd.decompressByteArray(raw, 0, length, array, from, end - from);
        if (Zstd.isError(filled) || filled != length) {
            throw new IllegalArgumentException(
                    Zstd.isError(filled) ? Zstd.getErrorName(filled) : "it has " + filled + " bytes of " + length);
        }
        return length;
    }
}
