package dev.wisent.columnar.internal.infer;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.internal.Splitter;
import java.util.List;

/// Collects the shapes of one format's records over several files.
public interface Sampler {
    /// Cuts the next file into records and looks at each.
    Splitter open();

    /// Records looked at that are valid.
    long records();

    List<Field> fields();
}
