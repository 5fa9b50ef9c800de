package dev.wisent.engine.internal.run;

import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.api.commit.SplitMap;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.Schema;
import java.util.Optional;

/// Where the rows of a run go first: straight into the live content, or into a hidden generation of this kind and
/// fingerprint; and which reset is done once that is published.
public record Goal(Optional<Generation.Kind> hidden, String fingerprint, Optional<String> reset) {
    /// Between what decides the content of a generation and the id of the reset it carries out.
    private static final String RESET = "|reset ";

    static Goal of(StreamJob job, Capabilities capabilities) {
        return of(job.mode(), job.publish(), capabilities, job.fingerprint());
    }

    public static Goal of(SyncMode mode, Traits.Publish publish, Capabilities capabilities, String fingerprint) {
        if (mode == SyncMode.FULL_REFRESH) {
            return new Goal(Optional.of(Generation.Kind.REPLACE), fingerprint, Optional.empty());
        }
        boolean atEnd = mode == SyncMode.INCREMENTAL
                && publish == Traits.Publish.AT_END
                && capabilities.fragments() == Fragment.Kind.DURABLE
                && capabilities.guarantee() == Capabilities.Guarantee.EXACTLY_ONCE;
        return new Goal(atEnd ? Optional.of(Generation.Kind.APPEND) : Optional.empty(), fingerprint, Optional.empty());
    }

    /// Whether what is live goes away when this is published.
    boolean replaces() {
        return hidden.equals(Optional.of(Generation.Kind.REPLACE));
    }

    /// The same run carrying out the reset `id`. A full refresh replaces everything anyway, so it does not change.
    public Goal resetting(String id) {
        return new Goal(
                Optional.of(Generation.Kind.REPLACE),
                replaces() ? fingerprint : fingerprint + RESET + id,
                Optional.of(id));
    }

    /// The reset that `open` was begun for.
    public static Optional<String> resetOf(OpenGeneration open) {
        int at = open.fingerprint().lastIndexOf(RESET);
        return at < 0 ? Optional.empty() : Optional.of(open.fingerprint().substring(at + RESET.length()));
    }

    /// Whether a run with this goal goes on with what an earlier one left open.
    public boolean fits(OpenGeneration found) {
        return hidden.equals(Optional.of(found.generation().kind()))
                && (found.fingerprint().equals(fingerprint)
                        || asStoredNow(found).equals(fingerprint));
    }

    private static String asStoredNow(OpenGeneration found) {
        int at = found.fingerprint().lastIndexOf(RESET);
        return at < 0
                ? Fingerprint.digest(found.fingerprint())
                : Fingerprint.digest(found.fingerprint().substring(0, at))
                        + found.fingerprint().substring(at);
    }

    /// The schema that a contract is held against; a reset takes whatever there is.
    public Optional<Schema> accepted(GenerationView live) {
        return reset.isPresent() ? Optional.empty() : live.schema();
    }

    /// What the planner is to take into account: for a generation that joins the live content, both.
    public GenerationView content(GenerationView live, Optional<GenerationView> open) {
        if (hidden.isEmpty()) {
            return live;
        }
        GenerationView own = open.orElse(GenerationView.EMPTY);
        if (hidden.get() == Generation.Kind.REPLACE) {
            return own;
        }
        SplitMap both = SplitMap.copyOf(live.splits()).plus(SplitMap.copyOf(own.splits()));
        return new GenerationView(
                own.id(), both, own.schema().or(live::schema), own.opening(), own.counts(), own.rejects());
    }
}
