package dev.wisent.api.config;

import java.util.Optional;

/// Takes the value of one key out of a section; reports what does not fit.
interface Reading<T> {
    /// Empty when the key is not there, or is wrong, which is reported.
    Optional<T> read(ConfigSection section, String key);

    /// What reading goes on with when a key that must be there is not.
    interface StandIn<T> {
        T of(ConfigSection section, String key);
    }
}
