package dev.wisent.api.transform;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;

/// Makes transforms of one kind from configuration. Found by `java.util.ServiceLoader`.
public interface TransformFactory {
    /// The key that selects it in an item of `transforms:`: `sql`, `rename`.
    String name();

    /// One line for people.
    String summary();

    /// The keys such an item has beside `label`; the one called [#name] among them. Declare them as constants of the class that
    /// reads them.
    ConfigShape keys();

    /// Reads `config`, the item of `transforms:` (its `label` is read already), and reports every problem to it. No I/O.
    Transform create(ConfigSection config);
}
