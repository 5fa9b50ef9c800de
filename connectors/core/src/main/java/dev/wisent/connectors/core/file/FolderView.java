package dev.wisent.connectors.core.file;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.core.internal.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Parts under visible names. A rename takes the staged one away, so an application that comes late finds nothing to
/// show.
final class FolderView implements Visible {
    private final Layout.Local layout;

    FolderView(Layout.Local layout) {
        this.layout = layout;
    }

    @Override
    public void verify(State state) {}

    @Override
    public void refuseUnshowable(State state, Commit.Data data) {}

    @Override
    public Optional<String> prepare(State state, Commit.Publish publish) {
        return Optional.empty();
    }

    @Override
    public void apply(State state) throws IOException {
        switch (state.due()) {
            case Effect.Nothing n -> {}
            case Effect.Reveal reveal -> reveal(reveal.parts());
            case Effect.Replace replace -> {
                reveal(replace.parts());
                remove(replace.superseded());
            }
            case Effect.Discard discard -> {
                for (Part part : discard.parts()) {
                    Files.deleteIfExists(layout.staged(part));
                }
            }
        }
    }

    private void reveal(List<Part> parts) throws IOException {
        Set<Path> folders = new HashSet<>();
        for (Part part : parts) {
            Path visible = layout.visible(part);
            Path folder = Objects.requireNonNull(visible.getParent());
            if (folders.add(folder)) {
                Disk.createFolder(folder);
            }
            Disk.rename(layout.staged(part), visible);
            Boundary.reached(Boundary.IN_ROLL_FORWARD);
        }
        for (Path folder : folders) {
            Disk.syncFolder(folder);
        }
        if (!parts.isEmpty()) {
            Disk.syncFolder(layout.parts());
        }
    }

    /// Staged before visible: else a straggler could rename what was looked for in vain.
    private void remove(List<Part> parts) throws IOException {
        Set<Path> folders = new HashSet<>();
        for (Part part : parts) {
            Files.deleteIfExists(layout.staged(part));
            Files.deleteIfExists(layout.visible(part));
            Boundary.reached(Boundary.IN_ROLL_FORWARD);
            folders.add(Objects.requireNonNull(layout.visible(part).getParent()));
        }
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                Disk.syncFolder(folder);
            }
        }
    }
}
