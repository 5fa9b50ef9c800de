package dev.wisent.connectors.kafka.protobuf;

import java.nio.file.Path;
import java.util.List;

/// A message of a file.
///
/// @param file a `.proto` file, or a descriptor set
/// @param folders where files are that it imports, beside the folder it is in
/// @param message its full name, or its name in the file
public record ProtobufOptions(Path file, List<Path> folders, String message) {
    public ProtobufOptions {
        folders = List.copyOf(folders);
    }

    public boolean isText() {
        return file.getFileName().toString().endsWith(".proto");
    }

    /// What decides what is read.
    public String fingerprint() {
        return file + " " + message;
    }
}
