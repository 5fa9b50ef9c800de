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
        return spec.subcommands().isEmpty() ? Stream.of(spec) : below(spec).flatMap(HelpTest::leaves);
    }

    private static Stream<CommandSpec> below(CommandSpec spec) {
        return spec.subcommands().values().stream().map(CommandLine::getCommandSpec);
    }

    static Stream<CommandSpec> commandsAndGroups() {
        return everything(CommandTree.commandLine().getCommandSpec()).skip(1);
    }

    private static Stream<CommandSpec> everything(CommandSpec spec) {
        return Stream.concat(Stream.of(spec), below(spec).flatMap(HelpTest::everything));
    }

    @ParameterizedTest
    @MethodSource("commandsAndGroups")
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
    void every_command_speaks_json_and_takes_the_options_that_all_have(CommandSpec command) {
        assertThat(command.optionsMap()).containsKey(Options.JSON);
        assertThat(command.optionsMap()).containsKeys(Options.ENV_FILE, Options.LOG_LEVEL, Options.LOG_FORMAT);
    }

    @ParameterizedTest
    @MethodSource("commandsAndGroups")
    void help_fits_a_narrow_terminal_and_says_references_as_they_are_written(CommandSpec command) {
        String help = command.commandLine().getUsageMessage();

        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(help.lines().dropWhile(line -> !line.equals("Examples")).skip(1))
                .as("no example is broken in two")
                .allSatisfy(line -> assertThat(line).startsWith("  "));
        assertThat(help).doesNotContain("null");
    }
}
