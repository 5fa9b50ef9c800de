package com.example.pages;

import dev.wisent.api.source.Source;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What every source does, for this one.
class PagesContractTest extends SourceContract {
    @TempDir
    Path folder;

    @BeforeEach
    void writePages() {
        page(1, "{\"id\":1,\"name\":\"wisent\"}", "{\"id\":2,\"name\":\"lynx\"}");
        page(2, "{\"id\":3,\"name\":\"stork\"}");
    }

    @Override
    protected Source open() {
        return Configured.source(new PagesFactory(), "animals", Map.of("url", folder + "/page-{page}.ndjson"));
    }

    @Override
    protected List<String> expected() {
        return List.of(
                "{\"id\":1,\"name\":\"wisent\"}", "{\"id\":2,\"name\":\"lynx\"}", "{\"id\":3,\"name\":\"stork\"}");
    }

    @Override
    protected Optional<List<String>> grow() {
        page(3, "{\"id\":4,\"name\":\"otter\"}");
        return Optional.of(List.of("{\"id\":4,\"name\":\"otter\"}"));
    }

    @Override
    protected Optional<Unusable> unusable() {
        String url = "http://reader:hidden@localhost:1/{page}"; // nobody listens there
        Source source = Configured.source(new PagesFactory(), "animals", Map.of("url", url));
        return Optional.of(new Unusable(source, List.of("hidden")));
    }

    private void page(int number, String... records) {
        try {
            Files.write(folder.resolve("page-" + number + ".ndjson"), List.of(records));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
