package dev.wisent.connectors.kafka.registry;

import java.util.UUID;

/// What a message calls the schema it was written with.
public sealed interface SchemaId {
    /// Confluent's number.
    record Numbered(int id) implements SchemaId {
        @Override
        public String toString() {
            return "schema id " + id;
        }
    }

    /// Confluent's, in a header.
    record Guid(UUID guid) implements SchemaId {
        @Override
        public String toString() {
            return "schema guid " + guid;
        }
    }

    /// Apicurio's, of a version of an artifact.
    record Global(long id) implements SchemaId {
        @Override
        public String toString() {
            return "global id " + id;
        }
    }

    /// Apicurio's, of a content that several artifacts may share.
    record Content(long id) implements SchemaId {
        @Override
        public String toString() {
            return "content id " + id;
        }
    }
}
