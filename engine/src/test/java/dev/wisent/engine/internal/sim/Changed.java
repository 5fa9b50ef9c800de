package dev.wisent.engine.internal.sim;

import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.Role;
import java.time.Instant;
import java.util.List;

/// Commits as they would be if a rule were broken.
final class Changed {
    private Changed() {}

    /// With another number.
    static Commit numbered(Commit commit, long n) {
        Head old = commit.head();
        Head head = new Head(old.id(), old.stream(), old.lane(), n, old.run());
        return switch (commit) {
            case Commit.Data d ->
                new Commit.Data(head, d.generation(), d.mode(), d.advances(), d.fragments(), d.change());
            case Commit.Begin b -> new Commit.Begin(head, b.generation(), b.fingerprint(), b.opening());
            case Commit.Publish p -> new Commit.Publish(head, p.generation());
            case Commit.Drop d -> new Commit.Drop(head, d.generation());
            case Commit.Claim c -> c;
        };
    }

    /// As one that is decided by its number alone.
    static Commit withoutRanges(Commit commit) {
        return switch (commit) {
            case Commit.Data d ->
                new Commit.Data(d.head(), d.generation(), d.mode(), List.of(), d.fragments(), d.change());
            case Commit.Begin b ->
                new Commit.Claim(b.head(), new Claimant(b.head().run(), "", 0, Instant.EPOCH, Role.READ));
            default -> commit;
        };
    }

    /// As if all its splits had come to their ends.
    static Commit finished(Commit commit) {
        if (!(commit instanceof Commit.Data d)) {
            return commit;
        }
        List<Advance> advances = d.advances().stream()
                .map(a -> new Advance(a.split(), a.from(), a.to(), true))
                .toList();
        return new Commit.Data(d.head(), d.generation(), d.mode(), advances, d.fragments(), d.change());
    }
}
