package dev.wisent.connectors.mysql;

import dev.wisent.connectors.mysql.read.MysqlSourceFactory;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/// A real MariaDB, Debian's, one for all tests of the module. Each test has a database and users of its own. Server and
/// sessions are far from UTC, not strict, and far from utf8mb4, so whatever depends on them shows.
public final class MariaDbServer {
    public static final String PASSWORD = "p@ss/w:rd%41 \\'\"?#&=+ü";
    private static final String ZONE = "+05:45";
    /// What the sessions of [#user] begin with; users who may do anything are left as they are.
    private static final String SESSIONS =
            "SET time_zone = '-08:00', autocommit = 0, tx_isolation = 'READ-UNCOMMITTED',"
                    + " sql_mode = 'PAD_CHAR_TO_FULL_LENGTH,ANSI_QUOTES,NO_BACKSLASH_ESCAPES', sql_select_limit = 3,"
                    + " sql_safe_updates = 1, sql_auto_is_null = 1, group_concat_max_len = 4";

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static Optional<MariaDbServer> shared = Optional.empty();

    private final Path folder;
    private final int port;
    private final List<String> command;
    private Process process;

    private MariaDbServer(Path server) {
        try {
            System.setProperty("mariadb.logging.disable", "true");
            folder = Files.createTempDirectory("wisent-mariadb");
            port = FreePorts.one();
            boolean root = "root".equals(System.getProperty("user.name"));
            List<String> asRoot = root ? List.of("--user=root") : List.of();
            List<String> install = new ArrayList<>(List.of(
                    found("mariadb-install-db").orElseThrow().toString(),
                    "--no-defaults",
                    "--datadir=" + folder.resolve("data"),
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db"));
            install.addAll(asRoot);
            if (started(install).waitFor() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("log")));
            }
            command = new ArrayList<>(List.of(
                    server.toString(),
                    "--no-defaults",
                    "--datadir=" + folder.resolve("data"),
                    "--socket=" + folder.resolve("socket"),
                    "--pid-file=" + folder.resolve("pid"),
                    "--port=" + port,
                    "--bind-address=127.0.0.1",
                    "--default-time-zone=" + ZONE,
                    "--character-set-server=latin1",
                    "--init-connect=" + SESSIONS,
                    "--sql-mode=",
                    "--max-connections=300",
                    "--innodb-buffer-pool-size=64M",
                    "--innodb-flush-log-at-trx-commit=0"));
            command.addAll(asRoot);
            process = started(command);
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(this::answers);
            run("SET PASSWORD FOR root@localhost = PASSWORD('root')");
            run("CREATE USER wisent IDENTIFIED BY " + literal(PASSWORD), "GRANT ALL ON *.* TO wisent");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private String rootPassword = "";

    /// Skips the test where there is no server on this machine; `.ci/run` installs one.
    public static synchronized MariaDbServer shared() {
        if (shared.isEmpty()) {
            Optional<Path> server = found("mariadbd");
            Assumptions.assumeTrue(server.isPresent(), "mariadbd is not installed (apt-get install mariadb-server)");
            shared = Optional.of(new MariaDbServer(server.orElseThrow()));
        }
        return shared.get();
    }

    private static Optional<Path> found(String program) {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin", "/usr/bin"))
                .map(folder -> Path.of(folder).resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Process started(List<String> arguments) throws IOException {
        return new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private boolean answers() {
        try (Connection connection = root("")) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void stop() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException | InterruptedException left) {
            Thread.currentThread().interrupt();
        }
    }

    public int port() {
        return port;
    }

    /// A name nobody has.
    public static String name() {
        return "t" + NAMES.incrementAndGet();
    }

    /// An empty database of its own.
    public Database database() {
        String name = name();
        run("CREATE DATABASE " + name);
        return new Database(name);
    }

    /// A user that may do nothing yet.
    public String user(String password) {
        String name = name();
        run("CREATE USER " + name + " IDENTIFIED BY " + literal(password));
        return name;
    }

    public void run(String... statements) {
        new Database("").run(statements);
    }

    public List<String> list(String sql) {
        return new Database("").list(sql);
    }

    public static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private Connection root(String database) throws SQLException {
        String url = "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
        try {
            return DriverManager.getConnection(url, "root", rootPassword);
        } catch (SQLException other) {
            if (other.getErrorCode() == 1045 && rootPassword.isEmpty()) {
                rootPassword = "root";
                return DriverManager.getConnection(url, "root", rootPassword);
            }
            throw other;
        }
    }

    /// One database of the server.
    public final class Database {
        private final String name;

        private Database(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        public MariaDbServer server() {
            return MariaDbServer.this;
        }

        public Address address() {
            return Address.of("127.0.0.1", port, name).as(Optional.of("wisent"), Optional.of(PASSWORD));
        }

        /// One of its streams, read as a pipeline reads it.
        public Reads reads(String stream) {
            return Reads.of(new MysqlSourceFactory(), stream, keys(Map.of()));
        }

        /// The keys of a pipeline that name it, and others.
        public Map<String, Object> keys(Map<String, ?> more) {
            Map<String, Object> keys = new HashMap<>(more);
            keys.putIfAbsent("host", "127.0.0.1");
            keys.putIfAbsent("port", port);
            keys.putIfAbsent("database", name);
            keys.putIfAbsent("username", "wisent");
            keys.putIfAbsent("password", PASSWORD);
            return keys;
        }

        /// A connection for a test's own use, as any client would open it.
        public Connection connect() throws SQLException {
            return root(name);
        }

        public void run(String... statements) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            } catch (SQLException failed) {
                throw new AssertionError(String.join("; ", statements), failed);
            }
        }

        /// The first column of the first row; empty: no row.
        public String ask(String sql) {
            List<String> rows = list(sql);
            return rows.isEmpty() ? "" : rows.getFirst();
        }

        /// The columns of each row, with bars between them.
        public List<String> list(String sql) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                List<String> rows = new ArrayList<>();
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        values.add(String.valueOf(row.getString(i)));
                    }
                    rows.add(String.join("|", values));
                }
                return rows;
            } catch (SQLException failed) {
                throw new AssertionError(sql, failed);
            }
        }
    }
}
