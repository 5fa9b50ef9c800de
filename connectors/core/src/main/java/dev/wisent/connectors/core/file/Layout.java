package dev.wisent.connectors.core.file;

import dev.wisent.api.TargetId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// Where things lie. Parts are staged in `parts/` of the bookkeeping folder.
sealed interface Layout {
    /// For people.
    String where();

    /// On local disk.
    sealed interface Local extends Layout {
        /// What users named: rows end up here.
        Path path();

        /// Owner, manifests, bases and, below it, staged parts.
        Path bookkeeping();

        @Override
        default String where() {
            return path().toString();
        }

        default Path parts() {
            return bookkeeping().resolve("parts");
        }

        default Path staged(Part part) {
            return parts().resolve(part.name());
        }

        default Path visible(Part part) {
            return path().resolve(part.folder()).resolve(part.name());
        }
    }

    /// A folder of parts: those of the default target at its top, those of another in a folder of that name.
    record Folder(Path path) implements Local {
        @Override
        public Path bookkeeping() {
            return path.resolve(".wisent");
        }
    }

    /// One file that holds the rows of all commits.
    record OneFile(Path path) implements Local {
        @Override
        public Path bookkeeping() {
            return Objects.requireNonNull(path.getParent())
                    .resolve(".wisent")
                    .resolve(String.valueOf(path.getFileName()));
        }
    }

    /// A folder in an object store.
    ///
    /// @param options `storage_options`
    record InStore(String url, Map<String, String> options) implements Layout {
        @Override
        public String where() {
            return url;
        }
    }

    /// One file if the name says so and no folder of that name is there.
    static Local of(Path path, boolean folderSpelled) {
        boolean file = !folderSpelled
                && path.getParent() != null
                && Format.of(String.valueOf(path.getFileName())).isPresent()
                && !Files.isDirectory(path);
        return file ? new OneFile(path) : new Folder(path);
    }

    /// A name that is a file name everywhere, visible, and different for different names: anything but ASCII letters,
    /// digits, `-`, `_`, and dots
    /// inside becomes `%` and two hex digits a byte.
    static String escaped(String name) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean letter = c < 0x80 && (Character.isLetterOrDigit(c) || c == '-');
            boolean inside = !escaped.isEmpty() && (c == '_' || c == '.');
            escaped.append(letter || inside ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return escaped.toString();
    }

    /// The folder below the destination's place for the parts of `target`; empty for the default one.
    static String folder(TargetId target, TargetId standard) {
        return target.equals(standard) ? "" : escaped(target.name());
    }
}
