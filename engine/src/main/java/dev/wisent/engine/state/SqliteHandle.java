package dev.wisent.engine.state;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.StateStore;
import dev.wisent.api.state.StateStoreHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A store in `file`, which need not be there yet.
record SqliteHandle(Path file) implements StateStoreHandle {
    @Override
    public String location() {
        return "sqlite, " + file;
    }

    @Override
    public StateStore open() {
        return SqliteStateStore.open(file);
    }

    @Override
    public Optional<StateStore> openExisting() {
        return Files.exists(file) ? Optional.of(open()) : Optional.empty();
    }

    @Override
    public String check() {
        if (Files.exists(file)) {
            try (SqliteStateStore store = SqliteStateStore.open(file)) {
                store.probe();
                return location();
            }
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw WisentException.of(ErrorCode.STATE_STORE, "the state store can't be made")
                    .where(file.toString())
                    .hint(folder + " may not be written; another file: engine.backend.config.database");
        }
        return location() + ", made by the first run";
    }
}
