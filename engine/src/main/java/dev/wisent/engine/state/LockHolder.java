package dev.wisent.engine.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The process that keeps a SQLite file from being written, where the system tells (Linux: `/proc/locks`, proc(5)).
///
/// @param stopped it stands still (SIGSTOP, a debugger) and keeps what it has until it goes on or ends
record LockHolder(long pid, boolean stopped) {
    private static final Path LOCKS = Path.of("/proc/locks");
    /// Of a line like `1: POSIX  ADVISORY  WRITE 3568 fd:00:2531452 120 120`.
    private static final int FIELDS = 8;

    private static final int ACCESS = 3;
    private static final int PID = 4;
    private static final int INODE = 5;
    private static final int FIRST = 6;
    private static final int LAST = 7;
    /// The bytes of the `-shm` file that stand for writing and for recovery ("WAL-mode File Format", section 2.3.1).
    private static final long WRITE_LOCK = 120;

    private static final long RECOVER_LOCK = 122;

    /// Empty: nobody does any more, it is this process, or the system does not tell.
    static Optional<LockHolder> of(Path database) {
        try {
            Path shared = Path.of(database + "-shm");
            String inode = Files.exists(shared) ? ":" + Files.getAttribute(shared, "unix:ino") : "";
            String whole = ":" + Files.getAttribute(database, "unix:ino");
            List<String> lines = Files.readAllLines(LOCKS);
            return lines.stream()
                    .map(line -> line.trim().split("\\s+", -1))
                    .filter(lock -> lock.length == FIELDS && lock[ACCESS].equals("WRITE"))
                    .filter(lock -> lock[INODE].endsWith(whole) || (!inode.isEmpty() && isForWriting(lock, inode)))
                    .map(lock -> Long.parseLong(lock[PID]))
                    .filter(pid -> pid > 0 && pid != ProcessHandle.current().pid())
                    .findFirst()
                    .map(pid -> new LockHolder(pid, isStopped(pid)));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException notLinux) {
            return Optional.empty();
        }
    }

    private static boolean isForWriting(String[] lock, String inode) {
        long last = lock[LAST].equals("EOF") ? Long.MAX_VALUE : Long.parseLong(lock[LAST]);
        return lock[INODE].endsWith(inode) && Long.parseLong(lock[FIRST]) <= RECOVER_LOCK && last >= WRITE_LOCK;
    }

    private static boolean isStopped(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            int state = stat.lastIndexOf(')') + 2;
            return stat.startsWith("T", state) || stat.startsWith("t", state);
        } catch (IOException ended) {
            return false;
        }
    }
}
