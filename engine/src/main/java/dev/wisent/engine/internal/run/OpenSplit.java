package dev.wisent.engine.internal.run;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Split;
import java.util.ArrayDeque;
import java.util.Optional;

/// A split a worker serves: where it was last cut, where it stands, what was fetched of it.
final class OpenSplit {
    final Split split;
    final LaneWork lane;
    final ArrayDeque<Fetcher.Delivery.Item> fetched = new ArrayDeque<>();
    final Fetcher fetcher;
    Optional<Decoder> decoder = Optional.empty();
    /// Rises with every new reading, so that chunks of a reading given up are recognised.
    long epoch;
    Position cutAt;
    Stand stand;
    boolean ended;
    /// Its decoder has taken a chunk and told of no stand since.
    boolean decoding;
    /// Its reading was ended to make room for a split that must go on; it is read on from its stand after the cut.
    boolean parked;
    /// Where its current reading began.
    Position readFrom;
    /// At a stop: nothing more is taken of it.
    boolean left;
    /// Its reader was told that iterations no longer count.
    boolean limitLifted;
    /// Its reader has been told to end.
    boolean released;
    /// Why the whole input is left out.
    Optional<Reject> failure = Optional.empty();

    OpenSplit(Split split, LaneWork lane, Fetcher fetcher, Position after, long epoch) {
        this.epoch = epoch;
        this.split = split;
        this.lane = lane;
        this.fetcher = fetcher;
        this.cutAt = after;
        this.readFrom = after;
        this.stand = Stand.safe(after);
    }

    /// Whether there is something to cut.
    boolean hasMoved() {
        return ended || !stand.position().equals(cutAt);
    }

    /// The range since the last cut; the next one starts where it ends.
    Advance cut() {
        Advance advance = new Advance(split.id(), cutAt, stand.position(), ended);
        cutAt = stand.position();
        return advance;
    }

    /// As if nothing had been read since the last cut.
    void standsBack() {
        stand = Stand.safe(cutAt);
        ended = false;
    }

    void closeDecoder() {
        decoder.ifPresent(Decoder::close);
        decoder = Optional.empty();
        decoding = false;
    }
}
