package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Pipelines with something wrong in them, and what is told: `broken.txt` holds `=== name`, the file, `--->`, and the message.
class BrokenPipelinesTest {
    record Case(String name, String text, String told) {
        static Case parse(String section) {
            int nameEnds = section.indexOf('\n');
            int split = section.indexOf("--->\n");
            return new Case(
                    section.substring(0, nameEnds).strip(),
                    section.substring(nameEnds + 1, split),
                    section.substring(split + 5).strip());
        }

        String label() {
            return name.startsWith("json") ? "p.json" : "p.yml";
        }
    }

    /// `-Dwisent.snapshots=write` writes the file anew, to be read before it is committed.
    @BeforeAll
    static void writeAnewWhenAsked() throws IOException {
        if (!"write".equals(System.getProperty("wisent.snapshots"))) {
            return;
        }
        StringBuilder text = new StringBuilder();
        cases().forEach(c -> text.append("=== ")
                .append(c.name())
                .append('\n')
                .append(c.text())
                .append("--->\n")
                .append(Loading.told(c.label(), c.text(), Loading.VARIABLES))
                .append("\n\n"));
        Files.writeString(
                Path.of("src/test/resources/dev/wisent/cli/internal/config/broken.txt"),
                text.toString().stripTrailing() + "\n");
    }

    @TestFactory
    Stream<DynamicTest> everything_wrong_is_told_at_once_with_its_place() throws IOException {
        return cases().map(c -> DynamicTest.dynamicTest(
                c.name(),
                () -> assertThat(Loading.told(c.label(), c.text(), Loading.VARIABLES))
                        .isEqualTo(c.told())));
    }

    @Test
    void there_are_at_least_forty_of_them() throws IOException {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(40);
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(BrokenPipelinesTest.class.getResourceAsStream("broken.txt"))) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(all.split("(?m)^=== "))
                    .filter(s -> !s.isBlank())
                    .map(Case::parse);
        }
    }
}
