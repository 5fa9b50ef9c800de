package dev.wisent.connectors.kafka.registry;

import java.util.List;

/// A schema as a registry keeps it.
///
/// @param type `AVRO`, `PROTOBUF` or `JSON`
/// @param referenced the schemas it names, each after those that it names itself
record StoredSchema(String type, String text, List<Reference> referenced) {
    static final String AVRO = "AVRO";
    static final String PROTOBUF = "PROTOBUF";

    /// @param name what it is imported by
    record Reference(String name, String text) {}

    StoredSchema {
        referenced = List.copyOf(referenced);
    }
}
