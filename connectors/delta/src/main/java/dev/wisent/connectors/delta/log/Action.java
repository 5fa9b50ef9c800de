package dev.wisent.connectors.delta.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// One line of a log entry: the actions this connector writes, and those it must understand to judge another writer's
/// commit.
public sealed interface Action {
    /// What a file that comes or goes does to the table's rows.
    enum Effect {
        ROWS,
        /// The same rows in other files.
        LAYOUT
    }

    /// What readers and writers must be able to do. Features stand only where the version is 3 (readers) or 7 (writers).
    record Protocol(int reader, int writer, List<String> readerFeatures, List<String> writerFeatures)
            implements Action {
        public Protocol {
            readerFeatures = List.copyOf(readerFeatures);
            writerFeatures = List.copyOf(writerFeatures);
        }
    }

    /// What the table is.
    ///
    /// @param schema the schema as the log's JSON text ([DeltaSchema])
    record MetaData(
            String id,
            Optional<String> name,
            String schema,
            List<String> partitionColumns,
            Map<String, String> configuration,
            OptionalLong created)
            implements Action {
        public MetaData {
            partitionColumns = List.copyOf(partitionColumns);
            configuration = Map.copyOf(configuration);
        }
    }

    /// How far an application is. The newest of each `appId` is kept by every checkpoint.
    record Txn(String appId, long version) implements Action {}

    /// A data file comes.
    ///
    /// @param path relative to the table, percent-encoded as in a URI
    /// @param partitionValues text by partition column; empty: null
    /// @param modified milliseconds since 1970
    /// @param stats the log's JSON text of statistics
    record Add(
            String path,
            Map<String, Optional<String>> partitionValues,
            long size,
            long modified,
            Optional<String> stats,
            Effect effect)
            implements Action {
        public Add {
            partitionValues = Map.copyOf(partitionValues);
        }

        public Add(
                String path,
                Map<String, Optional<String>> partitionValues,
                long size,
                long modified,
                Optional<String> stats) {
            this(path, partitionValues, size, modified, stats, Effect.ROWS);
        }

        /// The same file, which brings no new rows.
        public Add asLayout() {
            return new Add(path, partitionValues, size, modified, stats, Effect.LAYOUT);
        }
    }

    /// A data file goes.
    ///
    /// @param deleted milliseconds since 1970
    record Remove(String path, Map<String, Optional<String>> partitionValues, long size, long deleted, Effect effect)
            implements Action {
        public Remove {
            partitionValues = Map.copyOf(partitionValues);
        }
    }

    /// Who committed and why, for people. Nothing depends on it.
    record CommitInfo(JsonNode content) implements Action {}

    /// An action this connector neither writes nor needs to look into.
    record Other(String name) implements Action {}
}
