package dev.wisent.connectors.core.file;

import dev.wisent.api.commit.Commit;
import java.io.IOException;
import java.util.Optional;

/// What readers see. Applying an effect is idempotent and may come late: from a run that was overtaken long ago, beside
/// the one that overtook it.
interface Visible {
    static Visible of(Layout.Local layout) {
        return switch (layout) {
            case Layout.Folder folder -> new FolderView(folder);
            case Layout.OneFile file -> new FileView(file, new ManifestLog(new LocalBookkeeping(file)));
        };
    }

    /// Refuses what was changed by someone else, before the first commit of an instance.
    void verify(State state) throws IOException;

    /// Refuses, before it decides anything, a commit whose parts can't be shown.
    void refuseUnshowable(State state, Commit.Data data) throws IOException;

    /// What must be ready before `publish` is decided; the name goes into its manifest. Nobody else ever makes that
    /// file again.
    Optional<String> prepare(State state, Commit.Publish publish) throws IOException;

    /// Shows what `state` says is due. Durable when it returns.
    void apply(State state) throws IOException;
}
