package dev.wisent.connectors.kafka.protobuf;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// Files of Protobuf that import each other, linked. What comes with Protobuf (`google/protobuf/…`) is there. Any thread.
public final class ProtoFiles {
    private static final Map<String, FileDescriptorProto> STANDARD = standard();
    /// It would write a warning for each type that is missing; those that are used are told. Held, or it is made anew.
    private static final Logger LIBRARY = Logger.getLogger(Descriptors.class.getName());

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    private final String main;
    private final Map<String, FileDescriptor> declared;
    private final Map<String, FileDescriptor> read;

    private ProtoFiles(String main, Map<String, FileDescriptor> declared, Map<String, FileDescriptor> read) {
        this.main = main;
        this.declared = declared;
        this.read = read;
    }

    private static Map<String, FileDescriptorProto> standard() {
        Map<String, FileDescriptorProto> files = new HashMap<>();
        Stream.of(
                        AnyProto.getDescriptor(),
                        ApiProto.getDescriptor(),
                        DescriptorProtos.getDescriptor(),
                        DurationProto.getDescriptor(),
                        EmptyProto.getDescriptor(),
                        FieldMaskProto.getDescriptor(),
                        SourceContextProto.getDescriptor(),
                        StructProto.getDescriptor(),
                        TimestampProto.getDescriptor(),
                        TypeProto.getDescriptor(),
                        WrappersProto.getDescriptor())
                .forEach(file -> files.put(file.getName(), file.toProto()));
        return Map.copyOf(files);
    }

    static FileDescriptorProto standard(String name) {
        return Optional.ofNullable(STANDARD.get(name)).orElseThrow();
    }

    /// Whether `name` is of a file that comes with Protobuf.
    public static boolean isStandard(String name) {
        return STANDARD.containsKey(name);
    }

    /// A file that is imported and not among them is left out; types that are missing then are told where they are used.
    ///
    /// @param main whose messages are meant where they are counted
    /// @param files by the names they are imported by
    /// @throws IllegalArgumentException if they contradict each other
    public static ProtoFiles link(String main, Map<String, FileDescriptorProto> files) {
        Map<String, FileDescriptor> declared = new LinkedHashMap<>();
        Map<String, FileDescriptor> read = new LinkedHashMap<>();
        for (String name : files.keySet()) {
            link(name, files, declared, List.of());
        }
        Map<String, FileDescriptorProto> bytes = new HashMap<>();
        declared.forEach((name, file) -> bytes.put(name, TextsAsBytes.of(file.toProto())));
        for (String name : files.keySet()) {
            link(name, bytes, read, List.of());
        }
        return new ProtoFiles(main, declared, read);
    }

    private static void link(
            String name,
            Map<String, FileDescriptorProto> files,
            Map<String, FileDescriptor> done,
            List<String> around) {
        if (around.contains(name)) {
            throw new IllegalArgumentException("file '" + name + "' imports itself");
        }
        FileDescriptorProto file = files.getOrDefault(name, STANDARD.get(name));
        if (file == null || done.containsKey(name)) {
            return;
        }
        List<String> within = new ArrayList<>(around);
        within.add(name);
        List<FileDescriptor> imported = new ArrayList<>();
        for (String each : file.getDependencyList()) {
            link(each, files, done, within);
            Optional.ofNullable(done.get(each)).ifPresent(imported::add);
        }
        try {
            done.put(name, FileDescriptor.buildFrom(file, imported.toArray(FileDescriptor[]::new), true));
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /// The type of that full name, or of that name in the main file.
    public Optional<MessageType> message(String name) {
        FileDescriptor file = main();
        String within = file.getPackage().isEmpty() ? name : file.getPackage() + "." + name;
        return find(name).or(() -> find(within));
    }

    private Optional<MessageType> find(String fullName) {
        Optional<Descriptor> found = find(declared, fullName);
        return found.map(type -> new MessageType(type, find(read, fullName).orElseThrow()));
    }

    private static Optional<Descriptor> find(Map<String, FileDescriptor> files, String fullName) {
        return files.values().stream()
                .flatMap(file -> file.getMessageTypes().stream())
                .flatMap(type -> find(type, fullName).stream())
                .findFirst();
    }

    private static Optional<Descriptor> find(Descriptor type, String fullName) {
        if (type.getFullName().equals(fullName)) {
            return Optional.of(type);
        }
        return fullName.startsWith(type.getFullName() + ".")
                ? type.getNestedTypes().stream()
                        .flatMap(nested -> find(nested, fullName).stream())
                        .findFirst()
                : Optional.empty();
    }

    /// The type at a place of the main file: the how manieth message, in it the how manieth, and so on. Those that stand for
    /// maps don't count.
    public Optional<MessageType> message(List<Integer> path) {
        List<Descriptor> types = main().getMessageTypes();
        Optional<Descriptor> found = Optional.empty();
        for (int index : path) {
            List<Descriptor> written = types.stream()
                    .filter(type -> !type.getOptions().getMapEntry())
                    .toList();
            if (index < 0 || index >= written.size()) {
                return Optional.empty();
            }
            found = Optional.of(written.get(index));
            types = written.get(index).getNestedTypes();
        }
        return found.flatMap(type -> find(type.getFullName()));
    }

    private FileDescriptor main() {
        return Optional.ofNullable(declared.get(main)).orElseThrow();
    }

    /// The names of all messages that are written, without those that come with Protobuf.
    public List<String> names() {
        return declared.values().stream()
                .filter(file -> !isStandard(file.getName()))
                .flatMap(file -> file.getMessageTypes().stream())
                .map(Descriptor::getFullName)
                .sorted()
                .toList();
    }
}
