package dev.wisent.api.queue;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;

/// Makes queues of one kind from configuration. Found by `java.util.ServiceLoader`; `memory` is built in.
public interface QueueFactory {
    /// The `type:` that selects it.
    String name();

    /// One line for people.
    String summary();

    /// The keys such a queue has under `config`. Asked only when they are needed; declare them as constants of the class that
    /// reads them.
    ConfigShape keys();

    /// Reads `config` (the `engine.queue.config:` section) and reports every problem to it. No I/O.
    QueueHandle create(ConfigSection config);
}
