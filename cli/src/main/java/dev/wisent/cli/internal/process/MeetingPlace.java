package dev.wisent.cli.internal.process;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the processes of a run meet when no broker stands between them: a socket in a folder that is this user's alone.
public final class MeetingPlace implements AutoCloseable {
    /// In the environment of the processes: the socket.
    static final String VARIABLE = "WISENT_SOCKET";

    private static final String NAME = "queue";

    private final Path folder;

    private MeetingPlace(Path folder) {
        this.folder = folder;
    }

    public static MeetingPlace make() {
        try {
            return new MeetingPlace(Files.createTempDirectory("wisent-"));
        } catch (IOException e) {
            throw WisentException.of(ErrorCode.QUEUE_UNREACHABLE, "there is no folder for the socket: " + e)
                    .where(System.getProperty("java.io.tmpdir", ""))
                    .causedBy(e);
        }
    }

    /// The socket of the run this process belongs to.
    public static Optional<Path> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE)).map(Path::of);
    }

    /// What the run's processes get into their environment.
    public Map<String, String> environment() {
        return Map.of(VARIABLE, folder.resolve(NAME).toString());
    }

    /// Done by its processes when who made it is gone: leaves nothing behind.
    public static void leave(Path socket) {
        try {
            Files.deleteIfExists(socket);
            Optional<Path> folder = Optional.ofNullable(socket.getParent());
            if (folder.isPresent()) {
                Files.deleteIfExists(folder.get());
            }
        } catch (IOException e) {
            // Another process of the run does it, too.
        }
    }

    @Override
    public void close() {
        leave(folder.resolve(NAME));
    }
}
