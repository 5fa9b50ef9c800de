package dev.wisent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The pages say what is there.
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)]*))?\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern SOURCE = Pattern.compile("`([\\w./-]+\\.java)`");

    private final Path root = root();

    @Test
    void every_link_of_every_page_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!link.group(1).startsWith("http")) {
                    Path to = link.group(1).isEmpty()
                            ? page
                            : page.resolveSibling(link.group(1)).normalize();
                    if (!Files.exists(to)
                            || !(link.group(2) == null || anchors(to).contains(link.group(2)))) {
                        broken.add(root.relativize(page) + " -> " + link.group());
                    }
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    /// Of its headings, as GitHub makes them.
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(FENCED.matcher(Files.readString(page)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    @Test
    void every_source_file_the_architecture_names_with_its_path_is_there() throws IOException {
        List<String> missing = new ArrayList<>();
        Matcher named = SOURCE.matcher(Files.readString(root.resolve("ARCHITECTURE.md")));
        while (named.find()) {
            if (named.group(1).contains("src/") && !Files.exists(root.resolve(named.group(1)))) {
                missing.add(named.group(1));
            }
        }

        assertThat(missing).isEmpty();
    }

    /// `-Dwisent.update` writes it anew.
    @Test
    void the_page_of_error_codes_is_what_the_codes_say() throws IOException {
        Path page = root.resolve("docs/errors.md");
        if (System.getProperty("wisent.update") != null) {
            Files.writeString(page, ErrorsPage.text());
        }

        assertThat(Files.readString(page)).isEqualTo(ErrorsPage.text());
    }

    private List<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(root);
                Stream<Path> below = Files.walk(root.resolve("docs"))) {
            return Stream.concat(top, below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    /// The folder the whole project lies in.
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = folder.getParent();
            assertThat(folder).as("a folder above with ARCHITECTURE.md").isNotNull();
        }
        return folder;
    }
}
