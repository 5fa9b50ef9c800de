package dev.wisent.api.destination;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import java.util.Set;

/// Makes destinations of one kind from configuration. Found by `java.util.ServiceLoader`.
public interface DestinationFactory {
    /// The `name:` that selects it.
    String name();

    /// One line for `destination list`.
    String summary();

    /// The default of `commit_interval`, in seconds.
    default double commitIntervalSeconds() {
        return 10;
    }

    /// The default of `commit_interval` in the stream runner, in seconds: short where a commit costs little, so that rows are
    /// seen as they come.
    default double streamCommitSeconds() {
        return commitIntervalSeconds();
    }

    /// How rows can meet those that are there. What such a destination's [capabilities][Capabilities#modes] say; needed
    /// before one is made.
    default Set<Commit.Mode> modes() {
        return Set.of(Commit.Mode.APPEND);
    }

    /// Whether it makes tables with what files say of them beside columns and types: the `clustering_keys` of single targets,
    /// the defaults of columns.
    default boolean makesTables() {
        return false;
    }

    /// The keys such a destination has in `config`, beside those of every destination. Asked only when they are
    /// needed; declare them as constants of the class that reads them.
    ConfigShape keys();

    /// Reads `config` (the `destination.config:` section; the keys of [DestinationSettings] are read already) and reports
    /// every problem to it. No I/O.
    DestinationHandle create(ConfigSection config, DestinationSettings settings);
}
