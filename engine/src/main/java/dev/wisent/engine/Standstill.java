package dev.wisent.engine;

import dev.wisent.engine.internal.task.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds out that a run is stuck: bytes are held, and for a while nothing was read or committed. Says who holds what (R10). One
/// thread.
final class Standstill {
    /// Longer than any pause between tries, so that a retry is not taken for a standstill.
    static final Duration AFTER = Duration.ofSeconds(30);

    private final Duration after;
    private long lastMark = -1;
    private long lastMove;

    Standstill(Duration after) {
        this.after = after;
    }

    /// `mark`: any number that changes when something moves; `now` in ns. What to tell people, once for each standstill of that
    /// length.
    Optional<String> look(long now, long mark, List<Share> shares) {
        if (mark != lastMark) {
            lastMark = mark;
            lastMove = now;
            return Optional.empty();
        }
        List<Share> holding = shares.stream().filter(share -> share.used() > 0).toList();
        if (holding.isEmpty() || now - lastMove < after.toNanos()) {
            return Optional.empty();
        }
        lastMove = now;
        String who = holding.stream()
                .map(share -> share.name() + " " + share.used() + " of " + share.capacity() + " bytes")
                .collect(Collectors.joining(", "));
        return Optional.of("no byte moved for " + after.toSeconds() + " s; held: " + who);
    }
}
