package dev.wisent.engine.internal.queue;

import dev.wisent.api.commit.LaneView;
import dev.wisent.api.commit.Origin;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.internal.run.EngineRule;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Tells messages of the extraction a destination shows from what others left in the same lane: another destination, this one
/// before it was emptied, or a state of it that was undone. Those are dropped and counted once an extraction of this
/// destination has claimed the lane, for then it is this destination's turn. That they keep coming is told, and ends the
/// loading: two destinations then share a queue. Any thread.
final class Strays {
    /// What to do with a message.
    enum Verdict {
        LOAD,
        DROP,
        LATER
    }

    /// Of an extraction that was not known when the first message of one's own came. A few may be deliveries that come again.
    private static final long MOST_LATE = 100;

    private final String where;
    private final Predicate<EngineRule> upholds;
    private final Consumer<String> warn;
    private final Duration patience;
    private final Map<Origin, Long> dropped = new LinkedHashMap<>();
    /// Extractions the destination has undone: it did not come to show them.
    private final Set<Origin> undone = new HashSet<>();
    private final Set<Origin> late = new HashSet<>();
    private boolean ownCame;
    private long lateOnes;
    private Optional<Origin> awaited = Optional.empty();
    private long awaitedSince;
    private boolean toldToWait;

    /// @param patience for how long reads may be behind
    Strays(String where, Predicate<EngineRule> upholds, Consumer<String> warn, Duration patience) {
        this.where = where;
        this.upholds = upholds;
        this.warn = warn;
        this.patience = patience;
    }

    private boolean byIds() {
        return upholds.test(EngineRule.OTHER_HISTORY_IS_DROPPED);
    }

    /// What a message is to `lane`, as a plain read shows it.
    Lineage lineage(Entry.Strand strand, LaneView lane) {
        return byIds() ? Lineage.of(strand, lane) : Lineage.byNumber(strand, lane.epoch());
    }

    /// What it is to the extraction that is loaded.
    Lineage lineage(Entry.Strand strand, Entry.Strand loaded) {
        return byIds() ? Lineage.of(strand, loaded.epoch(), loaded.origin()) : Lineage.byNumber(strand, loaded.epoch());
    }

    /// Judges the message that comes next while nothing is loaded.
    ///
    /// @param claimed whether an extraction has the lane and is not loaded to its end
    synchronized Verdict of(Entry.Strand strand, LaneView lane, boolean claimed, long nanos) {
        return switch (lineage(strand, lane)) {
            case CURRENT -> Verdict.LOAD;
            case OLDER -> Verdict.DROP;
            case UNKNOWN -> Verdict.LATER;
            case NEWER -> isUndone(strand, nanos) ? drop(strand) : Verdict.LATER;
            case FOREIGN -> claimed ? drop(strand) : waits(strand);
        };
    }

    /// The claim came before the message, so a read that does not show it is behind, or never will.
    private boolean isUndone(Entry.Strand strand, long nanos) {
        Origin origin = strand.origin();
        if (!byIds() || undone.contains(origin)) {
            return byIds();
        }
        if (!awaited.equals(Optional.of(origin))) {
            awaited = Optional.of(origin);
            awaitedSince = nanos;
        }
        return nanos - awaitedSince > patience.toNanos() && undone.add(origin);
    }

    /// Whether a message that seems to be of a newer extraction is dropped.
    synchronized boolean isUndone(Entry.Strand strand) {
        return undone.contains(strand.origin());
    }

    private Verdict drop(Entry.Strand strand) {
        dropped(strand);
        return Verdict.DROP;
    }

    private Verdict waits(Entry.Strand strand) {
        if (!toldToWait) {
            toldToWait = true;
            warn.accept(where + " holds messages " + whose(strand.origin())
                    + ": they stay there until an extraction for this destination begins");
        }
        return Verdict.LATER;
    }

    /// Loading of another extraction begins.
    synchronized void begin() {
        ownCame = false;
        lateOnes = 0;
        late.clear();
    }

    /// A message of the extraction that is loaded came.
    synchronized void own() {
        ownCame = true;
    }

    /// A message of somebody else is about to be dropped.
    synchronized void dropped(Entry.Strand strand) {
        Origin origin = strand.origin();
        if (dropped.merge(origin, 1L, Long::sum) == 1) {
            warn.accept("messages " + whose(origin) + " are dropped from " + where);
            if (ownCame) {
                late.add(origin);
            }
        }
        if (late.contains(origin) && ++lateOnes > MOST_LATE) {
            throw WisentException.of(
                            ErrorCode.QUEUE_FOREIGN,
                            "messages " + whose(origin)
                                    + " come while this one is loaded: two destinations share the queue")
                    .where(where)
                    .hint("give each pipeline an id of its own, or each destination a queue of its own");
        }
    }

    /// What was dropped, for the summary.
    synchronized List<String> warnings() {
        return dropped.entrySet().stream()
                .map(each -> each.getValue() + " messages " + whose(each.getKey()) + " were dropped from " + where)
                .toList();
    }

    private static String whose(Origin origin) {
        return origin.equals(Frame.UNKNOWN)
                ? "that an earlier version of Wisent wrote"
                : "of extraction " + origin.extraction()
                        + ", which this destination does not know (another destination's, or from before it was emptied or restored),";
    }
}
