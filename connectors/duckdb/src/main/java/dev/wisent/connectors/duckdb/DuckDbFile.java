package dev.wisent.connectors.duckdb;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;

/// A DuckDB file. DuckDB's library, of which a process has one, shares one instance among all connections to one path; here
/// each file has one path only, whatever links lead to it, for two instances of one file lose data silently. For several
/// threads.
public final class DuckDbFile {
    /// What a connection is for. All connections of a process to one file are for the same.
    public enum Access {
        READ_WRITE,
        READ_ONLY
    }

    private static final Map<Path, Lock> LOCKS = new ConcurrentHashMap<>();
    private static final Pattern HOLDER = Pattern.compile("lock is held in (.*?) ?\\(PID (\\d+)\\)");

    private final Path path;
    private final Access access;
    /// Whether there was a connection: a file that another process has when it is first wanted is told of at once, one that it
    /// takes between two connections is waited for.
    private volatile boolean reached;

    public DuckDbFile(Path path, Access access) {
        this.path = path;
        this.access = access;
    }

    /// The one path the file has, whether it is there yet or not.
    public Path path() {
        try {
            if (Files.exists(path)) {
                return path.toRealPath();
            }
            Path parent = path.toAbsolutePath().normalize().getParent();
            return parent != null && Files.exists(parent)
                    ? parent.toRealPath().resolve(String.valueOf(path.getFileName()))
                    : path.toAbsolutePath().normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Held by whoever writes into the file.
    public Lock lock() {
        return LOCKS.computeIfAbsent(path(), p -> new ReentrantLock());
    }

    /// A connection, its zone UTC. To write, the file is made if it is not there.
    public Connection connect() {
        return connect(Results.WHOLE);
    }

    /// How the rows of a statement come.
    public enum Results {
        /// All of them are in memory before the first is handed over.
        WHOLE,
        /// As they are asked for. A connection has one statement at a time then, and one that fails before its first row does
        /// not say why.
        STREAMED
    }

    /// As [#connect()].
    public Connection connect(Results results) {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        if (access == Access.READ_ONLY) {
            settings.setProperty("duckdb.read_only", "true");
        }
        try {
            Path real = made();
            Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + real, settings);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TimeZone = 'UTC'");
                if (results == Results.STREAMED) {
                    // as a property it would have to be that of all connections of the process
                    statement.execute("SET SESSION " + DuckDBDriver.JDBC_STREAM_RESULTS + " = true");
                }
            }
            reached = true;
            return connection;
        } catch (SQLException e) {
            throw failure(e, "opening the database");
        } catch (IOException e) {
            throw WisentException.of(ErrorCode.DESTINATION_CONNECTION, "the database can't be made: " + e.getMessage())
                    .where(path.toString())
                    .causedBy(e);
        }
    }

    private Path made() throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (access == Access.READ_WRITE && parent != null) {
            Files.createDirectories(parent);
        }
        return path();
    }

    /// Whether no other connection of this process writes.
    public boolean isReadOnly() {
        return access == Access.READ_ONLY;
    }

    /// What a failure of DuckDB means.
    ///
    /// @param what was being done
    public WisentException failure(SQLException cause, String what) {
        String message = firstLine(cause);
        return held(message, cause).orElseGet(() -> other(message, what).causedBy(cause));
    }

    /// Another process has the file open.
    private Optional<WisentException> held(String message, SQLException cause) {
        if (!message.contains("Could not set lock")) {
            return Optional.empty();
        }
        Matcher holder = HOLDER.matcher(message);
        String who = holder.find() ? holder.group(1) + " (process " + holder.group(2) + ")" : "another process";
        String told = "the database is open in " + who;
        return Optional.of((reached
                        ? WisentException.transientFailure(connection(), told, cause)
                        : WisentException.of(connection(), told).causedBy(cause))
                .where(path.toString())
                .tried("locking the file: DuckDB lets one process in, or several that only read")
                .hint("wait until the other process has closed it, or end it"));
    }

    private WisentException other(String message, String what) {
        String told = what + " failed: " + message;
        if (message.contains("different configuration")) {
            return WisentException.of(connection(), "this process has the database open in another way")
                    .where(path.toString())
                    .hint("a pipeline that reads and writes one file needs 'access: read_write' at its source");
        }
        if (message.contains("not a valid DuckDB database") || message.startsWith("IO Error: Cannot open file")) {
            return WisentException.of(connection(), told).where(path.toString());
        }
        if (message.contains("Java heap space")) {
            return WisentException.of(ErrorCode.OUT_OF_MEMORY, told)
                    .where(path.toString())
                    .tried("reading: DuckDB's driver hands over up to 2,048 rows at once, whatever is in them")
                    .hint("give the JVM more (WISENT_JAVA_OPTS=-Xmx2g), or read long values by a query of their own");
        }
        if (message.contains("No space left")) {
            return WisentException.of(ErrorCode.DISK_FULL, told).where(path.toString());
        }
        if (message.contains("Transaction conflict") || message.contains("Conflict on")) {
            return WisentException.transientFailure(ErrorCode.COMMIT_FAILED, told, new SQLException(message))
                    .where(path.toString());
        }
        if (!writing() && (message.startsWith("Invalid Input Error") || message.startsWith("Conversion Error"))) {
            // of a value, not of the way to it
            return WisentException.of(ErrorCode.SOURCE_FAILED, told).where(path.toString());
        }
        return WisentException.of(writing() ? ErrorCode.WRITE_FAILED : ErrorCode.SOURCE_CONNECTION, told)
                .where(path.toString());
    }

    private boolean writing() {
        return access == Access.READ_WRITE;
    }

    private ErrorCode connection() {
        return writing() ? ErrorCode.DESTINATION_CONNECTION : ErrorCode.SOURCE_CONNECTION;
    }

    private static String firstLine(SQLException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
