package dev.wisent.connectors.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.sql.Reads;
import dev.wisent.testkit.SelfSigned;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A connection whose bytes are nobody's to look into.
class TlsTest {
    private static final int ROWS = 20_000;

    @TempDir
    Path folder;

    @Test
    void a_table_is_read_over_tls_with_the_servers_name_and_certificate_verified() throws IOException, SQLException {
        SelfSigned certificate = SelfSigned.in(folder);
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            encrypt(statement, certificate);
            statement.execute("CREATE TABLE t AS SELECT i AS id FROM generate_series(1, " + ROWS + ") i");
            statement.execute("ALTER TABLE t ADD PRIMARY KEY (id)");
            String url = "postgresql://postgres@localhost:" + server.getPort()
                    + "/postgres?sslmode=verify-full&sslrootcert=" + certificate.ca();

            assertThat(Reads.of(new PostgresSourceFactory(), "t", Map.of("url", url))
                            .all()
                            .rows())
                    .hasSize(ROWS)
                    .doesNotHaveDuplicates();
        }
    }

    private static void encrypt(Statement statement, SelfSigned certificate) throws IOException, SQLException {
        Path data = Path.of(ask(statement, "SHOW data_directory"));
        for (Path file : Set.of(certificate.ca(), certificate.key())) {
            Path there = Files.copy(file, data.resolve(file.getFileName()));
            Files.setOwner(there, Files.getOwner(data));
            Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rw-------"));
        }
        statement.execute(
                "ALTER SYSTEM SET ssl_cert_file = '" + certificate.ca().getFileName() + "'");
        statement.execute(
                "ALTER SYSTEM SET ssl_key_file = '" + certificate.key().getFileName() + "'");
        statement.execute("ALTER SYSTEM SET ssl = on");
        statement.execute("SELECT pg_reload_conf()");
        Awaitility.await().until(() -> ask(statement, "SHOW ssl"), "on"::equals);
    }

    private static String ask(Statement statement, String sql) throws SQLException {
        try (ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
