package dev.wisent.api.state;

import java.util.Optional;

/// A state store as it was configured, not open yet. Holds nothing that has to be closed; safe for several threads.
public interface StateStoreHandle {
    /// Kind and place, for people, without secrets: `sqlite, /data/.wisent/state.db`.
    String location();

    /// Opens it: made when it is not there, brought up to date when it is older, refused when it is newer (R11).
    StateStore open();

    /// Opens it if it is there: looking at a store must not make one.
    Optional<StateStore> openExisting();

    /// Proves that it can be reached, opened and written, and changes nothing that stays.
    ///
    /// @return what it is, in a few words, or what the first run will make of it
    String check();
}
