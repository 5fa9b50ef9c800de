package dev.wisent.connectors.formats.avro;

import dev.wisent.api.Position;
import dev.wisent.api.Stand;
import dev.wisent.api.format.Projection;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.formats.Damage;
import dev.wisent.connectors.typed.Unfit;
import dev.wisent.connectors.typed.avro.AvroInput;
import java.io.IOException;
import java.util.Optional;

/// Reads blocks into batches.
final class BlockDecoder implements Decoder {
    private static final int ROWS_PER_CHECK = 64;

    private final String where;
    private final long after;
    private final Projection wanted;
    private Optional<Reading> reading = Optional.empty();
    private RecordBatch batch = RecordBatch.of(Schema.of());
    private long recordsDone;

    /// A file whose header has come.
    private record Reading(Codec codec, AvroColumns columns) {}

    BlockDecoder(String where, long after, Projection wanted) {
        this.where = where;
        this.after = after;
        this.wanted = wanted;
        this.recordsDone = after;
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Client(Object piece, long _))) {
            throw new IllegalArgumentException("a chunk of another source: " + chunk.payload());
        }
        switch (piece) {
            case Header header -> {
                AvroColumns columns = AvroColumns.of(header, wanted, where);
                reading = Optional.of(new Reading(header.codec(), columns));
                batch = RecordBatch.of(columns.schema());
            }
            case Blocks.Piece blocks -> {
                batch.clear();
                for (Blocks.Block block : blocks.blocks()) {
                    if (block.before() + block.records() > after) {
                        rows(reading.orElseThrow(), block, out);
                    }
                }
                Blocks.Block last = blocks.blocks().getLast();
                emit(last, last.before() + last.records(), out);
            }
            default -> throw new IllegalArgumentException("no piece of an Avro file: " + piece);
        }
    }

    private void rows(Reading file, Blocks.Block block, BatchSink out) {
        AvroInput in = unpacked(file.codec(), block);
        long end = block.before() + block.records();
        for (long record = block.before(); record < end; record++) {
            read(file.columns(), in, record);
            if (record < after) {
                batch.cancelRow();
                continue;
            }
            batch.endRow();
            if (batch.rows() % ROWS_PER_CHECK == 0 && batch.isFull()) {
                emit(block, record + 1, out);
            }
        }
        if (!in.isEnd()) {
            throw Damage.parse(where, "the block at byte " + block.start() + " has more bytes than its records take");
        }
    }

    private AvroInput unpacked(Codec codec, Blocks.Block block) {
        try {
            return new AvroInput(codec.unpack(block.data(), block.from(), block.length()));
        } catch (IOException | RuntimeException e) {
            throw Damage.decompress(
                    where, "the block at byte " + block.start() + " can't be unpacked: " + e.getMessage(), e);
        }
    }

    private void read(AvroColumns columns, AvroInput in, long record) {
        try {
            columns.read(in, batch);
        } catch (Unfit e) {
            throw Damage.type(where, "record " + record + ": " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw Damage.parse(where, "record " + record + " can't be read: " + e.getMessage(), e);
        }
    }

    private void emit(Blocks.Block block, long done, BatchSink out) {
        if (batch.rows() > 0) {
            batch.number(new Numbering.Counting(done - batch.rows()));
            recordsDone = done;
            out.rows(batch, Stand.safe(block.position(done)));
            batch.clear();
        }
    }

    @Override
    public void end(BatchSink out) {
        batch.clear();
        out.rows(batch, Stand.safe(Position.at(recordsDone)));
    }

    @Override
    public void close() {}
}
