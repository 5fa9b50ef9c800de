package dev.wisent.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A page of the documentation, as its blocks of code.
///
/// What a reader sees is what is run. What he need not see stands in a comment, above the page's title or directly above the
/// block:
/// `<!-- not run: why -->`, `<!-- run by SomeTest -->`, `<!-- part of: transforms -->`, `<!-- numbers vary: why -->`.
record Page(Path file, String name, List<Block> blocks) {
    private static final Pattern FENCE = Pattern.compile("^```(\\w*)$");
    private static final Pattern COMMENT = Pattern.compile("^<!-- (not run|run by|part of|numbers vary):? (.*?) -->$");
    private static final Pattern FILE_NAME = Pattern.compile("`([\\w./-]+\\.\\w+)`[^`]*:$");

    /// @param line where it begins, counted from 1
    /// @param file the name the text before it ends with: the block is that file
    /// @param partOf the key of a pipeline that the block is the value of
    /// @param notRun why it is not run
    /// @param runBy the test that uses it instead
    /// @param vary why the numbers it shows are others each time
    record Block(
            String language,
            String text,
            int line,
            Optional<String> file,
            Optional<String> partOf,
            Optional<String> notRun,
            Optional<String> runBy,
            Optional<String> vary) {}

    /// README and everything below `docs/`.
    static List<Page> all(Path root) throws IOException {
        try (Stream<Path> below = Files.walk(root.resolve("docs"))) {
            List<Page> pages = new ArrayList<>();
            for (Path file : Stream.concat(Stream.of(root.resolve("README.md")), below.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList()) {
                pages.add(read(root, file));
            }
            return pages;
        }
    }

    static Page read(Path root, Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        Comments page = Comments.top(lines);
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                continue;
            }
            int end = i + 1;
            while (!lines.get(end).equals("```")) {
                end++;
            }
            Comments own = Comments.of(lines, i - 1);
            String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
            blocks.add(new Block(
                    fence.group(1),
                    text,
                    i + 1,
                    named(lines, own.first()),
                    own.partOf(),
                    own.notRun()
                            .or(() ->
                                    page.notRun().filter(why -> !fence.group(1).equals("yaml"))),
                    own.runBy().or(page::runBy),
                    own.vary().or(page::vary)));
            i = end;
        }
        return new Page(file, root.relativize(file).toString(), blocks);
    }

    /// The file that the last line of text above line `at` ends with.
    private static Optional<String> named(List<String> lines, int at) {
        int above = at - 1;
        while (above >= 0 && lines.get(above).isBlank()) {
            above--;
        }
        return Optional.of(above)
                .filter(line -> line >= 0)
                .map(line -> FILE_NAME.matcher(lines.get(line)))
                .filter(Matcher::find)
                .map(name -> name.group(1));
    }

    /// The comments from line `first` on.
    private record Comments(
            int first,
            Optional<String> partOf,
            Optional<String> notRun,
            Optional<String> runBy,
            Optional<String> vary) {
        /// Those that end at line `last`, one above the other.
        static Comments of(List<String> lines, int last) {
            int first = last;
            while (first >= 0 && COMMENT.matcher(lines.get(first)).matches()) {
                first--;
            }
            List<String> comments = lines.subList(first + 1, last + 1);
            return new Comments(
                    first + 1,
                    said(comments, "part of"),
                    said(comments, "not run"),
                    said(comments, "run by"),
                    said(comments, "numbers vary"));
        }

        /// Those of the whole page, above its title.
        static Comments top(List<String> lines) {
            int last = -1;
            while (COMMENT.matcher(lines.get(last + 1)).matches()) {
                last++;
            }
            return of(lines, last);
        }

        private static Optional<String> said(List<String> comments, String word) {
            return comments.stream()
                    .map(COMMENT::matcher)
                    .filter(Matcher::matches)
                    .filter(comment -> comment.group(1).equals(word))
                    .map(comment -> comment.group(2))
                    .findFirst();
        }
    }

    /// One command of a console, and the lines shown below it.
    record Step(String command, Shown shown, int line) {}

    private static Shown shown(String text, Block block) {
        return new Shown(text, block.vary().isPresent() ? Shown.Numbers.VARY : Shown.Numbers.COUNT);
    }

    static List<Step> steps(Block block) {
        List<Step> steps = new ArrayList<>();
        if (block.language().equals("sh")) {
            int line = block.line();
            for (String command : block.text().lines().toList()) {
                line++;
                if (!command.isBlank()) {
                    steps.add(new Step(command, shown("", block), line));
                }
            }
            return steps;
        }
        int line = block.line() + 1;
        for (String step : Arrays.asList(block.text().split("(?m)^\\$ ", -1))) {
            if (!step.isBlank()) {
                int end = step.indexOf('\n');
                while (step.charAt(end - 1) == '\\') {
                    end = step.indexOf('\n', end + 1);
                }
                steps.add(new Step(step.substring(0, end), shown(step.substring(end + 1), block), line));
            }
            line += (int) step.lines().count();
        }
        return steps;
    }
}
