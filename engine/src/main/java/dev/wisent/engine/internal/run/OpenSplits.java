package dev.wisent.engine.internal.run;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.source.Split;
import dev.wisent.engine.internal.run.Fetcher.Delivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The splits a worker has open: which is served next, which are held, which are read again. One thread.
final class OpenSplits {
    /// A split to be read again from its last cut, because another input of that cut failed.
    private record Again(Split split, Position after, LaneWork lane) {}

    private final Fetchers fetchers;
    private final Predicate<EngineRule> upholds;
    private final Consumer<Delivery.Item> giveBack;
    private final int mostDecoded;
    private final Map<SplitId, OpenSplit> open = new HashMap<>();
    /// Splits that are being read, in the order they were opened: served in turn. Those that ended since the last cut
    /// are the lane's.
    private final List<OpenSplit> turns = new ArrayList<>();
    private final ArrayDeque<Again> again = new ArrayDeque<>();
    private int nextTurn;
    private long epochs;

    /// @param mostDecoded how many are decoded at the same time, if there is room for what they need
    OpenSplits(Fetchers fetchers, Predicate<EngineRule> upholds, Consumer<Delivery.Item> giveBack, int mostDecoded) {
        this.fetchers = fetchers;
        this.upholds = upholds;
        this.giveBack = giveBack;
        this.mostDecoded = mostDecoded;
    }

    int reading() {
        return turns.size();
    }

    boolean isEmpty() {
        return turns.isEmpty() && again.isEmpty();
    }

    /// The split a delivery is for; empty when that reading was given up.
    Optional<OpenSplit> receiver(Delivery delivery) {
        return Optional.ofNullable(open.get(delivery.split())).filter(split -> split.epoch == delivery.epoch());
    }

    Optional<OpenSplit> find(SplitId id) {
        return Optional.ofNullable(open.get(id));
    }

    void open(Split split, Position after, LaneWork lane) {
        OpenSplit opened = new OpenSplit(split, lane, fetchers.forSplit(), after, ++epochs);
        open.put(split.id(), opened);
        turns.add(opened);
        opened.fetcher.order(new Fetcher.Order.Add(split, after, opened.epoch));
    }

    /// Opens one of those that are to be read again. False: there is none, or its lane has to cut first.
    boolean openAgain() {
        if (again.isEmpty() || again.peek().lane().due.isPresent()) {
            return false;
        }
        Again next = again.remove();
        open(next.split(), next.after(), next.lane());
        return true;
    }

    boolean hasAgain() {
        return !again.isEmpty();
    }

    void forgetAgain() {
        again.clear();
    }

    /// The split whose item is taken next: one that is in the middle of something first, then in turn.
    Optional<OpenSplit> next() {
        Optional<OpenSplit> safe = Optional.empty();
        for (int i = 0; i < turns.size(); i++) {
            int index = (nextTurn + i) % turns.size();
            OpenSplit split = turns.get(index);
            if (split.fetched.isEmpty() || split.left || isHeld(split) || split.lane.isFull()) {
                continue;
            }
            if (!split.stand.isSafe()) {
                nextTurn = index;
                return Optional.of(split);
            }
            if (safe.isEmpty() && mayBegin(split)) {
                safe = Optional.of(split);
            }
        }
        safe.ifPresent(split -> nextTurn = turns.indexOf(split) + 1);
        return safe;
    }

    /// A decoder holds memory of its own, so only some splits have one; the others wait with what was read ahead. When one
    /// that has a decoder finds no room for its next chunk, what fills the share must be decoded: one more is begun.
    private boolean mayBegin(OpenSplit split) {
        if (split.decoder.isPresent() || turns.size() <= mostDecoded) {
            return true;
        }
        long begun = turns.stream().filter(s -> s.decoder.isPresent()).count();
        return begun < mostDecoded || turns.stream().anyMatch(s -> s.decoder.isPresent() && s.fetcher.isStarved());
    }

    /// `split` is read to its end: it waits for its lane's cut.
    void ended(OpenSplit split) {
        turns.remove(split);
        split.lane.ended.add(split);
        fetchers.release(split);
    }

    /// Takes out what `lane` did since its last cut, `failed` included. What failed stays ended, the rest is read again.
    /// Returns what failed.
    List<OpenSplit> lose(LaneWork lane, OpenSplit failed) {
        List<OpenSplit> lost = new ArrayList<>(lane.ended);
        turns.stream()
                .filter(split -> split.lane == lane && (split == failed || split.hasMoved() || !split.stand.isSafe()))
                .forEach(lost::add);
        turns.removeAll(lost);
        List<OpenSplit> failures = new ArrayList<>();
        for (OpenSplit split : lost) {
            abandon(split);
            if (split.failure.isPresent()) {
                split.standsBack();
                split.ended = true;
                failures.add(split);
            } else {
                open.remove(split.split.id());
                again.add(new Again(split.split, split.cutAt, lane));
            }
        }
        return failures;
    }

    /// Whether nothing is taken of `split`, because its lane is to cut and it stands where it can.
    private boolean isHeld(OpenSplit split) {
        return split.stand.isSafe() && split.lane.due.isPresent() && upholds.test(EngineRule.HOLDS_WHILE_DUE);
    }

    /// Ends `failed` where it stands; see [EngineRule#FAILURE_DROPS_THE_CUT].
    List<OpenSplit> leaveOut(OpenSplit failed) {
        turns.remove(failed);
        abandon(failed);
        failed.stand = Stand.safe(failed.stand.position());
        failed.ended = true;
        return List.of(failed);
    }

    /// Throws away what was fetched of `split` and ends its reading.
    private void abandon(OpenSplit split) {
        forgetFetched(split);
        fetchers.release(split);
    }

    private void forgetFetched(OpenSplit split) {
        split.epoch = ++epochs;
        split.fetched.forEach(giveBack);
        split.fetched.clear();
        split.closeDecoder();
    }

    /// Whether it has no room only because it is read ahead no further for now.
    private boolean waitsAhead(OpenSplit split) {
        return isHeld(split) && split.fetcher.isLimited();
    }

    /// Chunks of splits that are held may fill the share while a split that must come to a safe stand finds no room:
    /// their reading is ended, and goes on after the cut (R10: no stage waits for an earlier one).
    boolean makeRoom() {
        if (turns.stream()
                .noneMatch(split -> split.lane.due.isPresent() && split.fetcher.isStarved() && !waitsAhead(split))) {
            return false;
        }
        boolean made = false;
        for (OpenSplit split : turns) {
            if (isHeld(split) && !split.left && !split.parked) {
                split.parked = true;
                forgetFetched(split);
                split.fetcher.order(new Fetcher.Order.Remove(split.split.id()));
                made = true;
            }
        }
        return made;
    }

    /// After a cut: splits that made room are read on from where they stand.
    void readOn(LaneWork lane) {
        for (OpenSplit split : turns) {
            if (split.parked && split.lane == lane && !split.left) {
                split.parked = false;
                split.readFrom = split.stand.position();
                split.epoch = ++epochs;
                split.fetcher.order(new Fetcher.Order.Add(split.split, split.readFrom, split.epoch));
            }
        }
    }

    boolean isSafe(LaneWork lane) {
        return !upholds.test(EngineRule.CUTS_WHERE_SAFE)
                || turns.stream().allMatch(split -> split.lane != lane || split.stand.isSafe());
    }

    boolean hasWork(LaneWork lane) {
        return !lane.ended.isEmpty() || turns.stream().anyMatch(split -> split.lane == lane && split.hasMoved());
    }

    /// The ranges since the last cut of `lane`; the next ones start where they end.
    List<Advance> cut(LaneWork lane) {
        List<Advance> advances = new ArrayList<>();
        for (OpenSplit split : lane.ended) {
            advances.add(split.cut());
            open.remove(split.split.id());
        }
        for (OpenSplit split : turns) {
            if (split.lane == lane && split.hasMoved()) {
                advances.add(split.cut());
            }
        }
        return advances;
    }

    /// Everything `lane` reads falls back to its last cut.
    void standBack(LaneWork lane) {
        turns.stream().filter(split -> split.lane == lane).forEach(OpenSplit::standsBack);
    }

    /// What is still read is read on, whatever limit its chunks had.
    void liftLimit() {
        for (OpenSplit split : turns) {
            if (!split.left && !split.limitLifted) {
                split.limitLifted = true;
                split.fetcher.order(new Fetcher.Order.ReadOn());
            }
        }
    }

    /// At a stop: splits that stand SAFE are left there. With `fetched` KEPT, those of which something was fetched are
    /// served first.
    boolean leaveSafe(Taken taken) {
        boolean left = false;
        for (OpenSplit split : turns) {
            if (split.stand.isSafe() && !split.left && !isKept(split, taken)) {
                split.left = true;
                abandon(split);
                left = true;
            }
        }
        return left;
    }

    private static boolean isKept(OpenSplit split, Taken taken) {
        return switch (taken) {
            case DROPPED -> false;
            case FETCHED_KEPT -> split.decoding || !split.fetched.isEmpty();
            case DECODING_KEPT -> split.decoding;
        };
    }

    /// What a stop does with what was taken from a split that stands SAFE.
    enum Taken {
        /// It is read again.
        DROPPED,
        /// What is fetched is decoded, and an input whose bytes are in its decoder is read on.
        FETCHED_KEPT,
        /// An input whose bytes are in its decoder is read on: a file in flight is finished, one that was only fetched is
        /// not begun.
        DECODING_KEPT
    }

    /// Whether of no split that is read there is anything left to serve.
    boolean isNothingFetched() {
        return turns.stream().allMatch(split -> split.left || split.fetched.isEmpty());
    }

    boolean areAllLeft() {
        return turns.stream().allMatch(split -> split.left);
    }

    void close() {
        turns.forEach(OpenSplit::closeDecoder);
        fetchers.close();
    }
}
