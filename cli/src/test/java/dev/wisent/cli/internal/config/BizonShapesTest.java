package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Pipelines shaped as Bizon's users write them, each in a file of the folder `bizon`: they load, with the warnings named at
/// the top of the file, or are refused with the words named there.
class BizonShapesTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/wisent/cli/internal/config/bizon");
    private static final String WARNED = "# warned: ";
    private static final String REFUSED = "# refused: ";

    private record Shape(String name, String text) {
        List<String> expected(String mark) {
            return text.lines()
                    .filter(line -> line.startsWith(mark))
                    .map(line -> line.substring(mark.length()))
                    .toList();
        }
    }

    /// Everything that loads here.
    static Stream<String> loaded() {
        return shapes().filter(shape -> shape.expected(REFUSED).isEmpty()).map(Shape::text);
    }

    @TestFactory
    Stream<DynamicTest> it_loads_or_is_refused_by_name() {
        return shapes().map(shape -> DynamicTest.dynamicTest(shape.name(), () -> {
            List<String> refused = shape.expected(REFUSED);
            String told = told(shape.text());
            assertThat(told).startsWith(refused.isEmpty() ? "loaded" : "error[");
            assertThat(Stream.concat(refused.stream(), shape.expected(WARNED).stream()))
                    .allSatisfy(words -> assertThat(told).contains(words));
        }));
    }

    @Test
    void there_are_at_least_sixty_of_them() {
        assertThat(shapes()).hasSizeGreaterThanOrEqualTo(60);
    }

    private static String told(String text) {
        try {
            PipelineSpec spec = Loading.loader(
                            Connectors.installed(),
                            Map.of("DUMMY", "dummy", "DUMMY_URL", "https://hooks.slack.example/services/x"))
                    .parse(text, "bizon.yml", Optional.empty());
            return "loaded\n" + String.join("\n", spec.warnings());
        } catch (WisentException error) {
            return ErrorText.lines(error, Console.Mode.PLAIN);
        }
    }

    private static Stream<Shape> shapes() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(BizonShapesTest::shape).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Shape shape(Path file) {
        try {
            return new Shape(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
