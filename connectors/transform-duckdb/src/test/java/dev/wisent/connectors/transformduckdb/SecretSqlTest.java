package dev.wisent.connectors.transformduckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class SecretSqlTest {
    private static final List<String> COMMANDS = List.of(
            "check p.yml", "preview p.yml --json", "run p.yml --json", "rejects list p.yml --json", "state export");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"SELECT id, CAST('${PLANTED}' AS INTEGER) AS n FROM batch\"",
                "\"SELECT id, '${PLANTED}' WHERE WHERE FROM batch\"",
                "\"SELECT id FROM batch WHERE note <> '${PLANTED}'\"",
                "\"SELECT id, no_such_column FROM batch WHERE '${PLANTED}' = note AND note <> 'a long statement that does not fit' "
                        + "AND note <> 'into one line of a message, so that it is cut somewhere'\"",
                "\"SELECT id FROM batch WHERE note <> 'a long statement that does not fit into one line of it' AND "
                        + "note <> '${PLANTED}' AND no_such_column > 5\"",
            })
    void a_secret_in_a_statement_appears_nowhere(String sql) throws IOException {
        Files.writeString(folder.resolve(".env"), "PLANTED=pl4nted-s3cret\n");
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: generator, stream: orders, rows: 30, page_size: 10, max_iterations: 2}
                destination: {name: file, config: {path: %s/out/, commit_interval: 0.01}}
                transforms: [{label: step, sql: %s}]
                """.formatted(folder, sql));

        for (String command : COMMANDS) {
            ChildCommand asked =
                    new ChildCommand(folder, List.of(command.split(" ", -1)), List.of(), OptionalLong.empty());
            // a run in a JVM of its own: what a library prints past us is seen, too
            ChildResult told = command.startsWith("run ") ? asked.result() : asked.here();
            assertThat(told.out() + told.err()).as(command).isNotBlank().doesNotContain("pl4nted");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> !f.endsWith(".env"))
                    .toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain("pl4nted");
            }
        }
    }
}
