package dev.wisent.connectors.kafka.registry;

import java.util.List;

/// A schema as a registry keeps it.
///
/// @param type `AVRO`, `PROTOBUF` or `JSON`
/// @param referenced texts of the schemas it names, each after those that it names itself
record StoredSchema(String type, String text, List<String> referenced) {
    static final String AVRO = "AVRO";

    StoredSchema {
        referenced = List.copyOf(referenced);
    }
}
