package dev.wisent.api.source;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import java.util.List;

/// Makes sources of one kind from configuration. Found by `java.util.ServiceLoader`.
public interface SourceFactory {
    /// The `name:` that selects it.
    String name();

    /// One line for `source list`.
    String summary();

    /// The streams every such source has, where no configuration is needed to know them; else empty.
    List<StreamInfo> knownStreams();

    /// The keys such a source has beside those of every source. Asked only when they are needed; declare them as
    /// constants of the class that reads them.
    ConfigShape keys();

    /// Whether `streams:` can route what such a source reads.
    default Routing routing() {
        return Routing.NONE;
    }

    /// Who says where a record belongs.
    enum Routing {
        /// Nobody: all records of a stream are for one target. `streams:` is refused.
        NONE,
        /// The source: its decoder [names][dev.wisent.columnar.RecordBatch#routeTo] a topic, an endpoint or the like for
        /// each batch, and `streams:` says which target that is. A name no stream picks is itself the target's.
        BY_RECORD
    }

    /// Reads `config` (the `source:` section; common keys are read already) and reports every problem to it. No I/O.
    Source create(ConfigSection config, SourceSettings settings);
}
