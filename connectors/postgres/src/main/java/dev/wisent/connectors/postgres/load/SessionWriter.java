package dev.wisent.connectors.postgres.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Flushing;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.destination.Writer;
import dev.wisent.api.fault.Boundary;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.staged.ChildTables;
import dev.wisent.connectors.sql.staged.RowChanges;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Encodes the rows of one worker and lane and sends them over a session, which a cut hands to its commit; the next row begins
/// the next.
final class SessionWriter implements LaneWriter {
    /// What is sent at once: enough that a message more does not matter.
    private static final int CHUNK = 256 << 10;

    private final Sessions sessions;
    private final WriteRequest request;
    private final Sessions.Placement placement;
    private final Sessions.Arrival arrival;
    private final AtomicLong places = new AtomicLong();
    private final Map<TargetId, TableWriter> writers = new HashMap<>();
    private final OutputBuffer out = new OutputBuffer(CHUNK + CHUNK / 4);
    private Optional<Open> open = Optional.empty();

    /// What was written since the last cut.
    private static final class Open {
        final CopySession session;
        final Shipment shipment;
        final Map<TargetId, long[]> rows = new LinkedHashMap<>();
        long bytes;

        Open(CopySession session, Shipment shipment) {
            this.session = session;
            this.shipment = shipment;
        }
    }

    SessionWriter(Sessions sessions, WriteRequest request, Sessions.Placement placement, Sessions.Arrival arrival) {
        this.sessions = sessions;
        this.arrival = arrival;
        this.placement = placement;
        this.request = request;
    }

    @Override
    public Writer target(TargetId target, Schema schema) {
        TableWriter known = writers.get(target);
        if (known != null && known.into.rows().equals(schema)) {
            return known;
        }
        Sessions.Arrival how = ChildTables.isChild(schema) ? Sessions.Arrival.APPENDED : arrival;
        TableWriter writer = new TableWriter(sessions.into(request, placement, how, target, schema), how);
        writers.put(target, writer);
        return writer;
    }

    private final class TableWriter implements Writer {
        private final CopySession.Into into;
        private final CopyEncoder encoder;
        /// Of rows that are merged: what each does. Their claim and place say which of them is newer.
        private final Optional<RowChanges> changes;

        TableWriter(CopySession.Into into, Sessions.Arrival arrival) {
            this.into = into;
            this.encoder = into.sent().encoder();
            this.changes = arrival == Sessions.Arrival.APPENDED
                    ? Optional.empty()
                    : Optional.of(new RowChanges(into.rows(), request.claim(), places::getAndIncrement));
        }

        @Override
        public void write(RecordBatch rows) {
            if (rows.rows() == 0) {
                return;
            }
            RecordBatch batch = changes.map(each -> each.of(rows)).orElse(rows);
            Open now = session();
            for (int row = 0; row < batch.rows(); ) {
                row = encoder.rows(batch, row, CHUNK, out);
                send(now, into);
            }
            long[] counts = now.rows.computeIfAbsent(into.target(), t -> new long[2]);
            counts[0] += batch.rows();
        }
    }

    private Open session() {
        if (open.isEmpty()) {
            CopySession session = sessions.begin(request);
            open = Optional.of(new Open(session, request.shipping().start(session.id())));
        }
        return open.get();
    }

    private void send(Open now, CopySession.Into into) {
        int length = out.length();
        byte[] shipped = now.shipment.buffer(length);
        System.arraycopy(out.array(), 0, shipped, 0, length);
        out.clear();
        now.bytes += length;
        now.rows.computeIfAbsent(into.target(), t -> new long[2])[1] += length;
        now.shipment.send(shipped, length, (data, count) -> {
            now.session.write(into, data, count);
            Boundary.reached(Boundary.STAGING);
        });
    }

    @Override
    public long heldBytes() {
        return open.map(now -> now.bytes).orElse(0L);
    }

    @Override
    public Flushing flush() {
        if (open.isEmpty()) {
            return Flushing.done(List.of());
        }
        Open done = open.get();
        open = Optional.empty();
        List<Fragment> fragments = new ArrayList<>();
        done.rows.forEach((target, counts) ->
                fragments.add(new Fragment(target, Fragment.Kind.SESSION, done.session.id(), counts[0], counts[1])));
        return new Flushing(done.shipment.finish(() -> {
            done.session.end();
            Boundary.reached(Boundary.STAGED);
            return fragments;
        }));
    }

    @Override
    public void drop() {
        out.clear();
        writers.clear();
        open.ifPresent(dropped -> {
            dropped.session.unwanted();
            dropped.shipment.cancel(() -> sessions.giveUp(dropped.session));
        });
        open = Optional.empty();
    }

    @Override
    public void close() {
        drop();
    }
}
