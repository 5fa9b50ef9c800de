package dev.wisent.connectors.duckdb.load;

import dev.wisent.connectors.duckdb.Db;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;

/// Another process that holds a file open until it is killed.
final class Holding {
    private Holding() {}

    /// It has the file once this returns.
    static Process of(Path file) throws IOException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holding.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (other.getInputStream().read() != '.') {
            other.destroyForcibly();
            throw new IllegalStateException("the other process did not get " + file);
        }
        return other;
    }

    public static void main(String[] args) throws Exception {
        try (Connection connection = new Db(Path.of(args[0])).connect()) {
            System.out.write('.');
            System.out.flush();
            while (!connection.isClosed()) {
                Thread.sleep(1000);
            }
        }
    }
}
