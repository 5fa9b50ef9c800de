package dev.wisent.connectors.delta.table;

import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.state.DeltaState;
import java.util.Optional;

/// A table as of one version, and what Wisent's commits up to it say.
///
/// @param version −1: there is no table yet
/// @param table empty when there is none
/// @param state changes when a commit is taken; belongs to whoever holds this
public record Seen(long version, Optional<Table> table, DeltaState state) {
    /// What an entry has to fit to.
    public record Table(Action.Protocol protocol, Action.MetaData metaData) {}

    static final long NO_TABLE = -1;

    /// Before the log was looked at, and when it is empty.
    public static Seen nothing() {
        return new Seen(NO_TABLE, Optional.empty(), new DeltaState());
    }
}
