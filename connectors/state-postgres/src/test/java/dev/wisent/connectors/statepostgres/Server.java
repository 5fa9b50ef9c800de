package dev.wisent.connectors.statepostgres;

import dev.wisent.testkit.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/// A real PostgreSQL, one for all tests of the module. Each test has databases, users or schemas of its own.
final class Server {
    private static final Server SHARED = new Server();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final EmbeddedPostgres postgres;

    private Server() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setPort(FreePorts.one())
                    .setServerConfig("max_connections", "200")
                    .start();
            run("CREATE ROLE with_password");
            askForPasswords();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The embedded server lets everybody in; members of `with_password` need theirs.
    private void askForPasswords() throws IOException {
        Path rules = Path.of(ask("SHOW hba_file"));
        String first = "host all +with_password all scram-sha-256\n";
        Files.writeString(rules, first + Files.readString(rules));
        run("SELECT pg_reload_conf()");
        Awaitility.await()
                .until(
                        () -> ask("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'scram-sha-256'"),
                        "1"::equals);
    }

    static Server shared() {
        return SHARED;
    }

    int port() {
        return postgres.getPort();
    }

    /// A name nobody has.
    static String name() {
        return "t" + NAMES.incrementAndGet();
    }

    /// The owner of everything, without password.
    Address owner() {
        return Address.of("localhost", Optional.of(port()), "postgres").as(Optional.of("postgres"), Optional.empty());
    }

    PostgresOptions schema(String schema) {
        return new PostgresOptions(owner(), schema);
    }

    Address owner(Map<String, String> parameters) {
        Address owner = owner();
        return new Address(owner.hosts(), owner.database(), owner.user(), owner.password(), parameters);
    }

    void run(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
    }

    String ask(String sql) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
    }
}
