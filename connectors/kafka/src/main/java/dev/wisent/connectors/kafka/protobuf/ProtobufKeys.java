package dev.wisent.connectors.kafka.protobuf;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The keys of values in Protobuf whose schema is in a file.
public final class ProtobufKeys {
    private static final Key<String> FILE = Key.text("file")
            .about("a `.proto` file; any other name is a descriptor set (`protoc --include_imports -o`)")
            .required();
    private static final Key<List<String>> FOLDERS = Key.texts("import_folders")
            .about("where files are that the `.proto` file imports, beside its own folder")
            .orEmpty();
    private static final Key<String> MESSAGE = Key.text("message")
            .about("which message all values are: its full name, or its name in the file")
            .required();

    public static final Key<Optional<ConfigSection>> SECTION = Key.nested(
                    "protobuf", ConfigShape.of(FILE, FOLDERS, MESSAGE))
            .about("with `message_encoding: protobuf` and without a registry: the schema of values")
            .optional();

    private ProtobufKeys() {}

    public static Optional<ProtobufOptions> read(ConfigSection config) {
        return config.read(SECTION)
                .map(section -> new ProtobufOptions(
                        Path.of(section.read(FILE)),
                        section.read(FOLDERS).stream().map(Path::of).toList(),
                        section.read(MESSAGE)));
    }
}
