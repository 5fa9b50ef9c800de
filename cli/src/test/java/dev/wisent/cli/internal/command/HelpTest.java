package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// What each command's help shows.
class HelpTest {
    private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");

    static Stream<CommandSpec> commands() {
        return leaves(CommandTree.commandLine().getCommandSpec());
    }

    private static Stream<CommandSpec> leaves(CommandSpec spec) {
        return spec.subcommands().isEmpty()
                ? Stream.of(spec)
                : spec.subcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .flatMap(HelpTest::leaves);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_shows_examples_that_can_be_typed(CommandSpec command) {
        List<String> examples = Stream.of(command.usageMessage().footer())
                .filter(line -> !line.startsWith("      "))
                .map(String::strip)
                .toList();

        assertThat(examples).as(command.qualifiedName()).isNotEmpty();
        assertThat(examples).allSatisfy(example -> {
            assertThat(example).startsWith(command.qualifiedName());
            List<String> words = WORD.matcher(example.split(" [#|>] | 2> ", 2)[0].replace("%%", "%"))
                    .results()
                    .map(word -> word.group().replace("'", ""))
                    .toList();
            assertThatCode(() -> CommandTree.commandLine()
                            .parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
                    .as(example)
                    .doesNotThrowAnyException();
        });
        assertThat(command.commandLine().getUsageMessage()).contains("\nExamples\n  wisent ");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_speaks_json_and_those_that_load_a_pipeline_take_the_options_for_it(CommandSpec command) {
        assertThat(command.optionsMap()).containsKey(Options.JSON);
        boolean loads = command.positionalParameters().stream()
                .anyMatch(positional -> positional.paramLabel().equals("FILE"));
        if (loads) {
            assertThat(command.optionsMap()).containsKeys(Options.ENV_FILE, Options.LOG_LEVEL, Options.LOG_FORMAT);
        }
    }
}
