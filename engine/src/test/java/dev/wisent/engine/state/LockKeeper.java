package dev.wisent.engine.state;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;

/// A process in the middle of a transaction, until its input ends.
final class LockKeeper {
    private LockKeeper() {}

    public static void main(String[] args) throws Exception {
        try (Database database = Database.file(Path.of(args[0]), Duration.ofSeconds(10))) {
            database.write(() -> {
                database.update("DELETE FROM progress");
                System.out.println("locked");
                System.out.flush();
                try {
                    return System.in.transferTo(OutputStream.nullOutputStream());
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
    }
}
