package dev.wisent.flows.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each value of each type out of each database into each other one, by runs of pipelines: it is the same text at both ends, or
/// a reject, or the run stops with a code. What becomes of each is told in docs/reference/types.md, which the sweep writes with
/// `-Dwisent.update`.
class TypesAcrossDatabasesTest {
    private static final String BEGIN = "<!-- seen by TypesAcrossDatabasesTest -->";
    private static final String END = "<!-- end -->";

    @TempDir
    Path folder;

    /// Into one destination a source; the sweep knows all.
    @Test
    void what_becomes_of_each_type_and_of_values_at_edges_is_what_the_page_says() throws Exception {
        pageSays(from -> EnumSet.of(Into.values()[(from.ordinal() + 1) % Into.values().length]));
    }

    @Tag("sweep")
    @Test
    void what_becomes_of_each_value_at_an_edge_in_each_destination_is_what_the_page_says() throws Exception {
        pageSays(from -> EnumSet.allOf(Into.class));
    }

    private void pageSays(Function<From, Set<Into>> edges) throws Exception {
        List<Moved> moved = new ArrayList<>();
        for (From from : From.values()) {
            moved.add(Moved.of(from, Files.createDirectories(folder.resolve(from.name())), edges.apply(from)));
        }

        assertThat(moved.stream().flatMap(each -> each.changed().stream()))
                .as("values that were changed or lost in silence")
                .isEmpty();
        Path page = page();
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END, begin);
        String seen = "\n" + TypesPage.of(moved);
        if (System.getProperty("wisent.update") != null && !seen.contains(TypesPage.NOT_RUN)) {
            Files.writeString(page, text.substring(0, begin) + seen + text.substring(end));
        } else if (!TypesPage.says(text.substring(begin, end), seen)) {
            assertThat(text.substring(begin, end))
                    .as("docs/reference/types.md; the sweep with -Dwisent.update writes it")
                    .isEqualTo(seen);
        }
    }

    private static Path page() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("ARCHITECTURE.md"))) {
            root = root.getParent();
        }
        return root.resolve("docs/reference/types.md");
    }
}
