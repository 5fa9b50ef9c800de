package dev.wisent.engine.internal.queue;

import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.Stand;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.engine.internal.run.EngineRule;
import dev.wisent.engine.internal.task.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Hands the entries of one lane to the workers that load its strands: each strand in order, each entry once, those of one
/// extraction only. What it took is acknowledged when the commit that holds it is in (R2).
///
/// A message of an older extraction is dropped; one of a newer extraction ends this loading. What was taken before is dropped,
/// what comes too early is held, up to a limit. Any thread.
final class LaneFeed {
    /// Why loading has to begin again.
    enum Again {
        NO,
        /// Rows that were handed over are taken back.
        TAKEN_BACK,
        /// There is a newer extraction.
        SUPERSEDED,
        /// More messages came too early than can be held: those before them are with a loader that is gone, or seems so.
        AHEAD,
        /// What is missing did not come for as long as anything is tried again.
        LOST
    }

    /// For each strand.
    private static final long READY_BYTES = 512 << 10;
    private static final Duration LONGEST_WAIT = Duration.ofMillis(20);

    private final MessageQueue queue;
    private final String job;
    private final LaneId lane;
    private final long mostHeld;
    private final Host host;
    private final Duration patience;
    private final Predicate<EngineRule> upholds;
    private final Strays strays;
    private final Predicate<End> mayEnd;
    private final BooleanSupplier isAnothers;
    private final Map<Integer, FeedStrand> strands = new HashMap<>();
    private Optional<LaneReader> reader = Optional.empty();
    private Optional<LaneReader.Delivery> seen = Optional.empty();
    /// Whether the reader gave messages that are neither dropped nor [#seen].
    private boolean taken;
    /// A strand of the extraction whose entries are handed over.
    private Optional<Entry.Strand> extraction = Optional.empty();
    /// Bytes of entries that are not handed over, and of those among them that could be.
    private long held;
    private long ready;
    private Again again = Again.NO;

    /// @param strays tells whose a message is
    /// @param mayEnd whether a strand that is read to its end may say so: the one that publishes waits for the other lanes
    /// @param isAnothers whether another loader has the lane now, as far as is known; asked while a message is missing
    LaneFeed(
            FedLane from,
            Predicate<EngineRule> upholds,
            Strays strays,
            Predicate<End> mayEnd,
            BooleanSupplier isAnothers) {
        this.queue = from.queue();
        this.job = from.job();
        this.lane = from.lane();
        this.mostHeld = from.mostHeld();
        this.host = from.host();
        this.patience = from.patience();
        this.upholds = upholds;
        this.strays = strays;
        this.mayEnd = mayEnd;
        this.isAnothers = isAnothers;
    }

    /// The next message, which stays where it is.
    synchronized Optional<Frame> peek(Duration wait) {
        if (seen.isEmpty()) {
            seen = reader().poll(shorter(wait));
        }
        return seen.map(this::own);
    }

    /// Takes the message that [#peek] showed out of the queue.
    synchronized void drop() {
        seen.ifPresent(delivery -> reader().acknowledge(delivery.tag()));
        seen = Optional.empty();
    }

    /// From now on entries of the extraction of `any` are handed over; what was taken back of another one is forgotten.
    synchronized void begin(Entry.Strand any) {
        if (extraction
                .filter(last -> strays.lineage(any, last) == Lineage.CURRENT)
                .isEmpty()) {
            strands.clear();
            strays.begin();
        }
        extraction = Optional.of(any);
        again = Again.NO;
        reopen();
    }

    /// Everything that was not acknowledged comes again.
    synchronized void reopen() {
        if (taken) {
            close();
        }
        strands.values().forEach(FeedStrand::forget);
        held = 0;
        ready = 0;
    }

    synchronized Again again() {
        return again;
    }

    synchronized void add(int number, long after) {
        strand(number).begin(after);
    }

    private FeedStrand strand(int number) {
        return strands.computeIfAbsent(number, n -> new FeedStrand());
    }

    private LaneReader reader() {
        if (reader.isEmpty()) {
            reader = Optional.of(queue.read(lane.number()));
        }
        return reader.get();
    }

    private static Duration shorter(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    /// What comes next in strand `number`, which was added.
    synchronized Fetched poll(int number, Entry.Strand named, Duration wait) {
        FeedStrand strand = strand(number);
        Optional<Fetched> next = next(strand, named);
        if (next.isPresent() || hasEnough(named) || !areAllBegun(named)) {
            return next.orElseGet(Fetched.Idle::new);
        }
        Optional<LaneReader.Delivery> delivery = seen.or(() -> reader().poll(shorter(wait)));
        seen = Optional.empty();
        taken |= delivery.isPresent();
        delivery.ifPresentOrElse(this::take, () -> miss(strand, number));
        return delivery.flatMap(d -> next(strand, named)).orElseGet(Fetched.Idle::new);
    }

    /// What waits for long is moved by the collector, so no more waits than keeps the workers busy.
    private boolean hasEnough(Entry.Strand named) {
        return held > mostHeld || ready > named.of() * READY_BYTES;
    }

    /// Nothing came. That what follows is there and what comes first is not, may pass: somebody who is gone has it, and the
    /// queue does not know yet. It never comes if whoever took the lane has committed it.
    private void miss(FeedStrand strand, int number) {
        long missing = strand.misses(host.nanos());
        if (missing > 0 && isAnothers.getAsBoolean()) {
            throw WisentException.of(ErrorCode.TAKEN_OVER, "another loader has the lane")
                    .where(where());
        }
        if (missing > patience.toNanos()) {
            again = Again.LOST;
            throw WisentException.of(
                            ErrorCode.QUEUE_GAP,
                            "message " + (strand.received + 1) + " of strand " + number
                                    + " did not come, but what follows it did, up to " + strand.lastKnown())
                    .where(where())
                    .tried("waiting for it for " + patience.toSeconds() + " s");
        }
    }

    /// Where a strand goes on is not known before it is added.
    private boolean areAllBegun(Entry.Strand named) {
        for (int i = 0; i < named.of(); i++) {
            if (!strand(i).begun && !strand(i).ended) {
                return false;
            }
        }
        return true;
    }

    /// Strand `number` is committed to its end: nobody will add it.
    synchronized void finished(int number) {
        strand(number).ended = true;
        strand(number).finished = true;
    }

    private Frame own(LaneReader.Delivery delivery) {
        Frame frame = Frame.parse(delivery.bytes());
        if (!frame.strand().job().equals(job) || !frame.strand().lane().equals(lane)) {
            throw WisentException.of(
                            ErrorCode.QUEUE_FOREIGN,
                            "a message belongs to '" + frame.strand().job() + "', lane "
                                    + frame.strand().lane())
                    .where(where());
        }
        return frame;
    }

    private void take(LaneReader.Delivery delivery) {
        Frame frame = own(delivery);
        if (!isWanted(frame.strand())) {
            reader().acknowledge(delivery.tag());
            return;
        }
        strays.own();
        FeedStrand strand = strand(frame.strand().number());
        if (strand.finished) {
            reader().acknowledge(delivery.tag());
            return;
        }
        if (!upholds.test(EngineRule.QUEUE_ACKNOWLEDGED_AFTER_COMMIT)) {
            reader().acknowledge(delivery.tag());
        }
        boolean end = frame.kind() == Entry.Kind.END;
        strand.tags
                .computeIfAbsent(end ? Long.MAX_VALUE : frame.seq(), n -> new ArrayList<>())
                .add(delivery.tag());
        strand.whole(frame).ifPresent(entry -> place(strand, entry));
    }

    private boolean isWanted(Entry.Strand strand) {
        return switch (strays.lineage(strand, extraction.orElseThrow())) {
            case CURRENT, UNKNOWN -> true;
            case OLDER -> !upholds.test(EngineRule.OLD_EPOCH_IS_DROPPED);
            case FOREIGN -> {
                strays.dropped(strand);
                yield false;
            }
            case NEWER -> {
                if (!strays.isUndone(strand)) {
                    again = Again.SUPERSEDED;
                    throw WisentException.of(ErrorCode.TAKEN_OVER, "a newer extraction has begun")
                            .where(where());
                }
                strays.dropped(strand);
                yield false;
            }
        };
    }

    private String where() {
        return "lane " + lane + " of '" + job + "'";
    }

    private void place(FeedStrand strand, Entry entry) {
        if (entry.kind() == Entry.Kind.END) {
            strand.end = Optional.of(entry.end());
            strand.endsAfter = entry.seq();
        } else if (entry.seq() <= strand.received && upholds.test(EngineRule.COVERED_IS_DROPPED)) {
            if (entry.seq() <= strand.committed) {
                acknowledge(strand, entry.seq());
            }
        } else if (entry.seq() <= strand.received + 1 || !upholds.test(EngineRule.AHEAD_IS_HELD)) {
            accept(strand, entry);
            for (Entry next = strand.ahead.remove(strand.received + 1);
                    next != null;
                    next = strand.ahead.remove(strand.received + 1)) {
                held -= next.length();
                accept(strand, next);
            }
        } else if (strand.ahead.put(entry.seq(), entry) == null) {
            held += entry.length();
            if (held > mostHeld) {
                again = Again.AHEAD;
                throw WisentException.of(
                                ErrorCode.QUEUE_GAP,
                                "message " + (strand.received + 1) + " did not come, but " + strand.ahead.size()
                                        + " that follow it did")
                        .where(where());
            }
        }
    }

    private void accept(FeedStrand strand, Entry entry) {
        strand.received = Math.max(strand.received, entry.seq());
        if (!strand.isVoid(entry.seq())) {
            strand.ready.add(entry);
            held += entry.length();
            ready += entry.length();
        }
    }

    private Optional<Fetched> next(FeedStrand strand, Entry.Strand named) {
        Entry entry = strand.ready.poll();
        if (entry == null) {
            return strand.ended ? Optional.empty() : end(strand, named);
        }
        held -= entry.length();
        ready -= entry.length();
        Position at = Position.at(entry.seq());
        boolean safe = entry.kind() != Entry.Kind.ROWS;
        if (entry.kind() == Entry.Kind.VOID && !strand.standsSafe() && upholds.test(EngineRule.VOID_IS_TAKEN_BACK)) {
            throw takeBack(strand, entry.seq());
        }
        strand.handed = entry.seq();
        strand.safe = safe ? entry.seq() : strand.safe;
        if (entry.kind() == Entry.Kind.CUT) {
            strand.cuts.put(entry.seq(), entry.cut());
        }
        return Optional.of(
                safe
                        ? new Fetched.Moved(named.split(), Stand.safe(at))
                        : new Fetched.Chunk(
                                named.split(),
                                new Payload.Client(entry.payload(), entry.length()),
                                nowMicros(),
                                Optional.of(Stand.notHere(at))));
    }

    private long nowMicros() {
        Instant now = host.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    /// The strand is read to its end: what follows its last cut was never finished. How the extraction ended is in the strand's
    /// last position, so that whoever comes after this loader knows it.
    private Optional<Fetched> end(FeedStrand strand, Entry.Strand named) {
        if (strand.end.isEmpty() || strand.received < strand.endsAfter) {
            return Optional.empty();
        }
        if (!strand.standsSafe()) {
            throw takeBack(strand, Long.MAX_VALUE);
        }
        if (!mayEnd.test(strand.end.get())) {
            return Optional.empty();
        }
        strand.ended = true;
        String outcome = strand.end.get().outcome().name();
        return Optional.of(new Fetched.Ended(named.split(), Optional.of(new Position(strand.safe, outcome))));
    }

    private WisentException takeBack(FeedStrand strand, long upTo) {
        strand.takeBack(upTo);
        again = Again.TAKEN_BACK;
        return WisentException.of(ErrorCode.QUEUE_GAP, "rows that were handed over are taken back");
    }

    /// The cuts that `number` handed over after `after`, up to `upTo`.
    synchronized Collection<Commit.Data> cuts(int number, long after, long upTo) {
        return List.copyOf(strand(number).cuts.subMap(after, false, upTo, true).values());
    }

    /// The commit that holds everything up to `upTo` is in.
    synchronized void committed(int number, long upTo) {
        FeedStrand strand = strand(number);
        strand.cuts.headMap(upTo, true).clear();
        strand.committed = Math.max(strand.committed, upTo);
        acknowledge(strand, upTo);
    }

    private void acknowledge(FeedStrand strand, long upTo) {
        if (reader.isEmpty()) {
            return;
        }
        var done = strand.tags.headMap(upTo, true);
        done.values().forEach(tags -> tags.forEach(reader.get()::acknowledge));
        done.clear();
    }

    /// All strands are committed to their ends.
    synchronized void finish() {
        strands.values().forEach(strand -> acknowledge(strand, Long.MAX_VALUE));
        close();
    }

    synchronized void close() {
        reader.ifPresent(LaneReader::close);
        reader = Optional.empty();
        seen = Optional.empty();
        taken = false;
    }
}
