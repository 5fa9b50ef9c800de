package dev.wisent.testkit;

import dev.wisent.api.storage.StoreOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page about object stores, compared with what the stores say of themselves.
public final class StoragePage {
    private static final Path PAGE = Path.of("docs/reference/storage.md");

    private StoragePage() {}

    /// The rows of the options' table that the page lacks.
    public static List<String> missing(List<StoreOption> options) {
        String page = text();
        return options.stream()
                .map(StoragePage::row)
                .filter(row -> !page.contains(row))
                .toList();
    }

    private static String row(StoreOption option) {
        String variables = option.variables().stream().map(v -> "`" + v + "`").collect(Collectors.joining(", "));
        return "| `" + option.name() + "` | " + (variables.isEmpty() ? "" : variables + " | ") + option.about() + " |";
    }

    private static String text() {
        Path root = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .filter(folder -> Files.exists(folder.resolve(PAGE)))
                .findFirst()
                .orElseThrow();
        try {
            return Files.readString(root.resolve(PAGE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
