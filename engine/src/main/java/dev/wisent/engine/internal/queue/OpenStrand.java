package dev.wisent.engine.internal.queue;

/// A strand in the making. Its worker numbers the entries; the committer publishes the cuts. Any thread.
final class OpenStrand {
    final Entry.Strand strand;
    private long last;
    private long lastCut;
    private boolean cutting;

    OpenStrand(Entry.Strand strand) {
        this.strand = strand;
    }

    synchronized long nextNumber() {
        return ++last;
    }

    /// The number of the cut that ends what was written: nothing more is until it is in the queue.
    synchronized long beginCut() {
        cutting = true;
        return ++last;
    }

    synchronized void cutIsIn(long number) {
        lastCut = number;
        cutting = false;
    }

    synchronized boolean awaitsCut() {
        return cutting;
    }

    /// The last cut that is known to be in the queue; 0: none is.
    synchronized long lastCut() {
        return lastCut;
    }
}
