package dev.wisent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// `docs/how-to/write-a-connector.md` and the examples it walks through.
@Execution(ExecutionMode.CONCURRENT)
class ConnectorPageTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final int MOST_LINES = 80;

    private final Path tree = Shell.tree();
    private Path copy = Path.of("");

    @BeforeEach
    void folder() throws IOException {
        copy = Shell.temporary();
    }

    @AfterEach
    void remove() throws IOException {
        Shell.delete(copy);
    }

    @Test
    void each_command_works_in_a_fresh_copy_of_the_source_tree_and_prints_what_the_page_shows() throws IOException {
        new Shell(tree)
                .run(
                        "git ls-files -z --cached --others --exclude-standard | tar --null --ignore-failed-read -T - -cf - | tar -C "
                                + copy + " -xf -");
        Shell shell = new Shell(copy);
        int commands = 0;
        for (String block : blocks("console")) {
            for (String step : block.split("(?m)^\\$ ", -1)) {
                if (!step.isBlank()) {
                    int end = step.indexOf('\n');
                    String told = shell.run(step.substring(0, end));
                    String shown = step.substring(end + 1);
                    if (!shown.isBlank()) {
                        assertThat(told).as(step).isEqualTo(shown);
                    }
                    commands++;
                }
            }
        }
        assertThat(commands).isGreaterThan(5);
    }

    @Test
    void each_piece_of_code_stands_in_a_file_of_the_examples() throws IOException {
        List<String> files = new ArrayList<>();
        for (Path file : examples("java", "yml", "xml")) {
            files.add(squeezed(Files.readString(file)));
        }
        List<String> code = Stream.of("java", "yaml", "xml")
                .flatMap(language -> blocks(language).stream())
                .toList();

        assertThat(code)
                .hasSizeGreaterThan(5)
                .allSatisfy(block -> assertThat(files).anyMatch(file -> file.contains(squeezed(block))));
    }

    @Test
    void each_example_is_shorter_than_80_lines_of_java() throws IOException {
        for (String example : List.of("custom-source", "custom-destination")) { // its tests aside
            long lines = 0;
            for (Path file : examples("java")) {
                if (file.startsWith(tree.resolve("examples").resolve(example + "/plugin/src/main"))) {
                    lines += Files.readAllLines(file).size();
                }
            }
            assertThat(lines).as(example).isBetween(1L, MOST_LINES - 1L);
        }
    }

    private List<String> blocks(String language) {
        try {
            List<String> found = new ArrayList<>();
            Matcher block = BLOCK.matcher(Files.readString(tree.resolve("docs/how-to/write-a-connector.md")));
            while (block.find()) {
                if (block.group(1).equals(language)) {
                    found.add(block.group(2));
                }
            }
            return found;
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private List<Path> examples(String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(tree.resolve("examples"))) {
            return files.filter(
                            f -> Stream.of(endings).anyMatch(e -> f.toString().endsWith("." + e)))
                    .filter(f -> !f.toString().contains("/target/"))
                    .toList();
        }
    }

    /// Without what indentation differs in.
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
