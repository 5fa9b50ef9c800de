package dev.wisent.engine.internal.queue;

import dev.wisent.api.error.WisentException;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.queue.MessageQueue;
import java.nio.ByteBuffer;
import java.util.List;

/// Puts entries into the queue, in as many messages as they need. Any thread.
record Publisher(MessageQueue queue, Pause pause) {
    /// Returns when the queue has all of it; tries again what may pass.
    void patiently(Entry entry) {
        patiently(entry, entry.payload());
    }

    /// [#patiently(Entry)], with `payload` as the payload.
    void patiently(Entry entry, ByteBuffer payload) {
        List<byte[]> messages = Frame.of(entry, payload, queue.mostBytes());
        for (int part = 0; part < messages.size(); part++) {
            if (part > 0) {
                Boundary.reached(Boundary.PART_PUBLISHED);
            }
            Pause.Tries tries = pause.begin();
            int failures = 0;
            while (!once(entry, messages.get(part), tries, ++failures)) {
                // tried again
            }
        }
    }

    /// One try; the caller repeats the whole entry after a transient failure.
    void once(Entry entry) {
        for (byte[] message : Frame.of(entry, queue.mostBytes())) {
            queue.publish(entry.strand().lane().number(), message);
        }
    }

    private boolean once(Entry entry, byte[] message, Pause.Tries tries, int failures) {
        try {
            queue.publish(entry.strand().lane().number(), message);
            return true;
        } catch (WisentException e) {
            if (e.isTransient() && tries.again(failures)) {
                return false;
            }
            throw e.isTransient() ? e.tried("publishing it " + failures + " times") : e;
        }
    }
}
