package dev.wisent.cli.internal.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command that starts another process like this one: the same JVM, the same options, the same class path.
public final class OwnCommand {
    private static final String MAIN = "dev.wisent.cli.Main";
    /// A debugger's port is this process's.
    private static final List<String> OURS = List.of("-agentlib:jdwp", "-Xrunjdwp", "-XX:AOTCacheOutput");

    private OwnCommand() {}

    public static List<String> with(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> OURS.stream().noneMatch(option::startsWith))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), MAIN));
        command.addAll(arguments);
        return command;
    }
}
