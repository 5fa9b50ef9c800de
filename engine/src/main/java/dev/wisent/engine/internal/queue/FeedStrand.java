package dev.wisent.engine.internal.queue;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.fault.Boundary;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a loader holds of one strand. Guarded by its [LaneFeed].
final class FeedStrand {
    /// Numbers `from` (excluded) up to `to` hold rows that were taken back.
    private record Void(long from, long to) {}

    /// Entries that follow each other, not handed over yet.
    final ArrayDeque<Entry> ready = new ArrayDeque<>();
    /// Entries that came before what they follow.
    final TreeMap<Long, Entry> ahead = new TreeMap<>();
    /// Deliveries that are not acknowledged, by entry.
    final TreeMap<Long, List<Long>> tags = new TreeMap<>();
    /// Parts of entries that did not fit one message.
    final TreeMap<Long, TreeMap<Integer, ByteBuffer>> parts = new TreeMap<>();
    /// Cuts that were handed over, for the commit that will hold them.
    final TreeMap<Long, Commit.Data> cuts = new TreeMap<>();
    /// Which number is missing, and since when nothing came instead.
    private long missing = -1;
    private long missingSince;
    private final List<Void> voids = new ArrayList<>();
    Optional<End> end = Optional.empty();
    long endsAfter;
    boolean begun;
    /// What the destination shows, what was received without a gap, what was handed over.
    long committed;
    long received;
    long handed;
    /// The last number handed over behind which a commit may end.
    long safe;
    /// Read to its end: nothing more is handed over.
    boolean ended;
    /// The commit of its end is in, so what comes again of it is done with. Read to its end is not enough: the commit may fail,
    /// and whoever goes on needs the end marker.
    boolean finished;

    /// The entry, when its last part has come.
    Optional<Entry> whole(Frame frame) {
        long key = frame.kind() == Entry.Kind.END ? Long.MAX_VALUE : frame.seq();
        if (frame.parts() == 1) {
            return Optional.of(new Entry(frame.strand(), frame.seq(), frame.kind(), frame.bytes()));
        }
        Map<Integer, ByteBuffer> came = parts.computeIfAbsent(key, n -> new TreeMap<>());
        came.put(frame.part(), frame.bytes());
        if (came.size() < frame.parts()) {
            Boundary.reached(Boundary.PART_TAKEN);
            return Optional.empty();
        }
        parts.remove(key);
        ByteBuffer payload = ByteBuffer.allocate(
                came.values().stream().mapToInt(ByteBuffer::remaining).sum());
        came.values().forEach(part -> payload.put(part.duplicate()));
        return Optional.of(new Entry(frame.strand(), frame.seq(), frame.kind(), payload.flip()));
    }

    /// Reading begins after `position`; what was taken back stays so.
    void begin(long position) {
        forget();
        begun = true;
        committed = position;
        received = position;
        handed = position;
        safe = position;
    }

    /// The queue will deliver anew what was not acknowledged.
    void forget() {
        ready.clear();
        ahead.clear();
        tags.clear();
        parts.clear();
        cuts.clear();
        end = Optional.empty();
        begun = false;
        ended = false;
        finished = false;
    }

    /// The highest number that is known to be there.
    long lastKnown() {
        long known = ahead.isEmpty() ? received : ahead.lastKey();
        return end.isPresent() ? Math.max(known, endsAfter) : known;
    }

    /// For how long nothing came though the next number is missing.
    long misses(long nanos) {
        if (lastKnown() <= received) {
            missing = -1;
            return 0;
        }
        if (missing != received + 1) {
            missing = received + 1;
            missingSince = nanos;
        }
        return nanos - missingSince;
    }

    boolean standsSafe() {
        return handed == safe;
    }

    void takeBack(long upTo) {
        voids.add(new Void(safe, upTo));
    }

    boolean isVoid(long seq) {
        return voids.stream().anyMatch(v -> seq > v.from() && seq <= v.to());
    }
}
