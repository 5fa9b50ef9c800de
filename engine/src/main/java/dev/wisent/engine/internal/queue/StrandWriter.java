package dev.wisent.engine.internal.queue;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Flushing;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.destination.Writer;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.Schema;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Writes the rows of one worker and lane as entries of its strand, in order.
final class StrandWriter implements LaneWriter {
    /// Where the cut that a fragment stands for belongs.
    record Place(int strand, long epoch, long seq) {
        String text() {
            return strand + ":" + epoch + ":" + seq;
        }

        static Place of(Fragment fragment) {
            String text = fragment.description();
            int first = text.indexOf(':');
            int last = text.lastIndexOf(':');
            return new Place(
                    Integer.parseInt(text.substring(0, first)),
                    Long.parseLong(text.substring(first + 1, last)),
                    Long.parseLong(text.substring(last + 1)));
        }
    }

    private static final TargetId QUEUE = new TargetId("queue");

    private final OpenStrand strand;
    private final Publisher publisher;
    private final Shipping shipping;
    private final int blockBytes;
    private final RowBlock block = new RowBlock();
    private Optional<Shipment> shipment = Optional.empty();
    /// Since the last cut.
    private long rows;
    private long bytes;
    private boolean anythingSent;

    /// @param blockBytes an entry is sent when its rows take more, before compression
    StrandWriter(OpenStrand strand, Publisher publisher, Shipping shipping, int blockBytes) {
        this.strand = strand;
        this.publisher = publisher;
        this.shipping = shipping;
        this.blockBytes = blockBytes;
    }

    @Override
    public Writer target(TargetId target, Schema schema) {
        return batch -> {
            if (strand.awaitsCut()) {
                throw new IllegalStateException("rows come while the cut before them is on its way");
            }
            block.add(target.name(), batch);
            rows += batch.rows();
            if (block.length() >= blockBytes) {
                send();
            }
        };
    }

    private Shipment shipment() {
        if (shipment.isEmpty()) {
            shipment = Optional.of(shipping.start("queue-" + strand.strand.lane() + "-" + strand.strand.number()));
        }
        return shipment.get();
    }

    private void send() {
        OutputBuffer packed = block.take();
        bytes += packed.length();
        Shipment parts = shipment();
        byte[] buffer = parts.buffer(packed.length());
        System.arraycopy(packed.array(), 0, buffer, 0, packed.length());
        Entry entry = new Entry(strand.strand, strand.nextNumber(), Entry.Kind.ROWS, new byte[0]);
        anythingSent = true;
        parts.send(
                buffer,
                packed.length(),
                (data, length) -> publisher.patiently(entry, ByteBuffer.wrap(data, 0, length)));
    }

    @Override
    public long heldBytes() {
        return bytes + block.length();
    }

    @Override
    public Flushing flush() {
        if (block.rows() > 0) {
            send();
        }
        Fragment cut = new Fragment(
                QUEUE,
                Fragment.Kind.SESSION,
                new Place(strand.strand.number(), strand.strand.epoch(), strand.beginCut()).text(),
                rows,
                bytes);
        Shipment parts = shipment();
        clear();
        return new Flushing(parts.finish(() -> List.of(cut)));
    }

    /// What was sent is in the queue, or will be: it is taken back there, behind it.
    @Override
    public void drop() {
        block.clear();
        rows = 0;
        bytes = 0;
        if (anythingSent) {
            anythingSent = false;
            long seq = strand.nextNumber();
            Entry taken = new Entry(strand.strand, seq, Entry.Kind.VOID, new byte[0]);
            shipment().send(shipment().buffer(1), 1, (data, length) -> publisher.patiently(taken));
        }
    }

    private void clear() {
        shipment = Optional.empty();
        rows = 0;
        bytes = 0;
        anythingSent = false;
    }

    @Override
    public void close() {
        drop();
        shipment.ifPresent(open -> open.cancel(() -> {}));
    }
}
