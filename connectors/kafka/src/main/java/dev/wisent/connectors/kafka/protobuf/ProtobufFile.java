package dev.wisent.connectors.kafka.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Finds the message of the options in its file.
public final class ProtobufFile {
    private final ProtobufOptions options;

    public ProtobufFile(ProtobufOptions options) {
        this.options = options;
    }

    /// @throws WisentException if it is not there, or can't be used
    public MessageType message() {
        ProtoFiles files = files();
        return files.message(options.message())
                .orElseThrow(() -> failure("there is no message '" + options.message() + "'")
                        .hint("there are " + String.join(", ", files.names())));
    }

    private ProtoFiles files() {
        try {
            Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
            String main = options.isText() ? parsed(files) : described(files);
            return ProtoFiles.link(main, files);
        } catch (IOException | IllegalArgumentException e) {
            throw failure("the schema of values can't be used: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private WisentException failure(String what) {
        return WisentException.of(ErrorCode.CONFIG_FILE, what)
                .where("protobuf.file " + options.file())
                .hint("the path is relative to the working folder");
    }

    /// The last one is what it was made of.
    private String described(Map<String, FileDescriptorProto> files) throws IOException {
        List<FileDescriptorProto> set =
                FileDescriptorSet.parseFrom(Files.readAllBytes(options.file())).getFileList();
        if (set.isEmpty()) {
            throw new IOException("a descriptor set without a file");
        }
        set.forEach(file -> files.put(file.getName(), file));
        return set.getLast().getName();
    }

    private String parsed(Map<String, FileDescriptorProto> files) throws IOException {
        String main = options.file().getFileName().toString();
        add(main, options.file(), files);
        return main;
    }

    private void add(String name, Path path, Map<String, FileDescriptorProto> files) throws IOException {
        FileDescriptorProto file = ProtoText.parse(name, Files.readString(path));
        files.put(name, file);
        for (String imported : file.getDependencyList()) {
            if (!files.containsKey(imported) && !ProtoFiles.isStandard(imported)) {
                add(imported, find(imported), files);
            }
        }
    }

    private Path find(String imported) throws IOException {
        List<Path> tried = new ArrayList<>();
        tried.add(options.file().resolveSibling(imported));
        options.folders().forEach(folder -> tried.add(folder.resolve(imported)));
        return tried.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new IOException("'" + imported + "' is imported, and is none of "
                        + tried.stream().map(Path::toString).collect(Collectors.joining(", "))));
    }
}
