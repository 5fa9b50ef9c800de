package dev.wisent.connectors.kafka.protobuf;

import com.google.protobuf.Descriptors.Descriptor;

/// A type of messages.
///
/// @param declared as it is written
/// @param read the same, but its texts are bytes: a reader of texts replaces what is no UTF-8 without a word
public record MessageType(Descriptor declared, Descriptor read) {
    public String name() {
        return declared.getFullName();
    }
}
