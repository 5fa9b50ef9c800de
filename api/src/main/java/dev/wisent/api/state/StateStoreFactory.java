package dev.wisent.api.state;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;

/// Makes state stores of one kind from configuration. Found by `java.util.ServiceLoader`; SQLite's are built in.
public interface StateStoreFactory {
    /// The `type:` that selects it.
    String name();

    /// One line for people.
    String summary();

    /// The keys such a store has, beside `type` or under `config`. Asked only when they are needed; declare them as
    /// constants of the class that reads them.
    ConfigShape keys();

    /// Reads `config` (the `engine.backend:` section together with its `config`) and reports every problem to it. No I/O.
    StateStoreHandle create(ConfigSection config);
}
