package dev.wisent.api.source;

/// How a stream behaves.
///
/// @param publish when incremental reading shows what it wrote
public record Traits(Replay replay, Readers readers, Publish publish, Shape shape) {
    /// What reading the same range again gives.
    public enum Replay {
        /// The same records under the same ordinals: files with identity, Kafka, a write-ahead log.
        EXACT,
        /// Only what is committed is final: pages over HTTP, SQL.
        PREFIX,
        /// No position in the source: what is not acknowledged is delivered again, and was it committed, it is known by its id,
        /// of which the position holds those of the last records.
        BY_ID,
        /// The same, and nothing tells that a record is one that came before: at least once.
        REDELIVERY;

        /// Whether the source forgets what it was told is committed, and keeps by itself what was not.
        public boolean isAcknowledged() {
            return this == BY_ID || this == REDELIVERY;
        }
    }

    public enum Readers {
        /// Each open split gets a reader of its own.
        ONE_A_SPLIT,
        /// One reader serves all splits of a worker.
        SHARED
    }

    public enum Publish {
        /// An incremental run shows all its rows at once, at its end (durable fragments only).
        AT_END,
        EACH_COMMIT
    }

    /// How the rows of the stream are written.
    public enum Shape {
        /// As the columns of its schema.
        COLUMNS,
        /// Schemaless: in the columns of [dev.wisent.api.source.RawRecords], which the engine wraps into the
        /// envelope.
        RECORDS
    }
}
