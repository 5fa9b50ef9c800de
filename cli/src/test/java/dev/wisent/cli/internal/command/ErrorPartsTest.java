package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.FakeConnectors;
import dev.wisent.cli.internal.FakeConnectors.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Every error has code, what, where, tried, hint and the next command, however little its thrower said.
class ErrorPartsTest {
    @TempDir
    Path folder;

    private final Shelf shelf = new Shelf();

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void no_error_lacks_a_part(ErrorCode code) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: a
                source: {name: letters, stream: capital}
                destination: {name: shelf, config: {path: x}}
                """);
        shelf.failsCheckWith(WisentException.of(code, "it went wrong"));
        Terminal terminal = new Terminal(folder, FakeConnectors.with(shelf));

        assertThat(terminal.run("check", "p.yml")).isEqualTo(code.fault().exitCode());
        assertThat(terminal.err().lines().map(String::strip))
                .anyMatch(line -> line.equals("error[" + code.id() + "]: it went wrong"))
                .anyMatch(line -> line.startsWith("where:  ") && line.length() > 8)
                .anyMatch(line -> line.startsWith("tried:  ") && line.length() > 8)
                .anyMatch(line -> line.startsWith("hint:   ") && line.length() > 8)
                .anyMatch(line -> line.startsWith("next:   wisent "))
                .noneMatch(line -> line.contains("FILE"));

        terminal.run("check", "p.yml", "--json");
        JsonNode error = failed(new ObjectMapper().readTree(terminal.out())).path("error");
        assertThat(error.propertyNames()).containsExactly("code", "message", "where", "tried", "hint", "next");
    }

    private static JsonNode failed(JsonNode checks) {
        for (JsonNode check : checks.path("checks")) {
            if (!check.path("ok").asBoolean()) {
                return check;
            }
        }
        throw new AssertionError("no failed check in " + checks);
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void the_next_command_of_each_code_is_one(ErrorCode code) {
        String[] words = code.next().split(" ");
        assertThat(words[0]).isEqualTo("wisent");
        String[] args = Arrays.copyOfRange(words, 1, words.length);
        if (!args[0].startsWith("--")) {
            assertThatCode(() -> CommandTree.commandLine().parseArgs(args)).doesNotThrowAnyException();
        }
    }

    @Test
    void an_error_before_any_file_is_known_says_what_was_typed() {
        Terminal terminal = new Terminal(folder, FakeConnectors.with(shelf));

        terminal.run("rnu", "it's.yml");
        assertThat(terminal.err()).contains("where:  wisent rnu 'it'\\''s.yml'");
    }
}
