package dev.wisent.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/// Does what a page says, from top to bottom, in one shell and one folder: files are written, commands are run. Then the
/// pipelines it shows are loaded by `wisent check`.
final class PageRun {
    private static final int MOST_MINUTES = 8;
    private static final char BEGIN = '\u0001';
    private static final char END = '\u0002';
    private static final Pattern TOLD = Pattern.compile(BEGIN + "(\\d+)\n(.*?)" + END + "(\\d+)\n", Pattern.DOTALL);
    /// A page says `sleep 3` where its reader waits for a run to get going; on a busy machine that takes longer. Waits until
    /// the run has made a few commits, at most a minute.
    private static final String SLEEP = """
            sleep() {
                touch .slept
                command sleep "$1"
                case $1 in 0.*) return ;; esac
                for i in $(seq 300); do
                    [ "$(find . -name 'manifest-*' -newer .slept | wc -l)" -ge 3 ] && return
                    command sleep 0.2
                done
            }
            """;
    private static final Pattern LOADED = Pattern.compile("(?m)^configuration +ok ");

    private final Page page;
    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final List<Action> actions = new ArrayList<>();
    private final List<Pipeline> pipelines = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /// What is done for a block, and whether it went as the page says.
    private record Action(int line, String command, Verdict verdict) {}

    private record Pipeline(int line, Path file) {}

    private interface Verdict {
        /// What is wrong; empty if nothing is.
        String of(String told, int exitCode);
    }

    PageRun(Page page, Path folder) {
        this.page = page;
        this.folder = folder;
    }

    PageRun with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// What is not as the page says, each with its line.
    ///
    /// @param kept loads its pipelines
    List<String> problems(Kept kept) throws IOException, InterruptedException {
        for (Page.Block block : page.blocks()) {
            if (block.notRun().isEmpty() && block.runBy().isEmpty()) {
                plan(block);
            }
        }
        if (!actions.isEmpty()) {
            judge(told());
        }
        for (Pipeline pipeline : pipelines) {
            String told = kept.run(folder, "check", pipeline.file().toString()).text();
            if (!LOADED.matcher(told).find()) {
                problems.add(at(pipeline.line()) + "wisent check\n" + told.indent(2));
            }
        }
        return problems;
    }

    private void plan(Page.Block block) throws IOException {
        switch (block.language()) {
            case "console", "sh" ->
                Page.steps(block).forEach(step -> actions.add(new Action(step.line(), step.command(), like(step))));
            case "yaml" -> yaml(block);
            case "json" -> json(block);
            case "text" -> {
                if (block.text().startsWith("$ ") || block.text().contains("\n$ ")) {
                    problems.add(at(block.line()) + "commands stand in a block that is 'text' instead of 'console'");
                }
            }
            default -> {
                if (block.file().isEmpty()) {
                    problems.add(at(block.line()) + "a block of '" + block.language()
                            + "' is neither run nor says why: <!-- run by SomeTest --> or <!-- not run: why -->");
                }
            }
        }
        if (!block.language().equals("yaml")) {
            block.file().ifPresent(file -> write(file, block));
        }
    }

    private void write(String file, Page.Block block) {
        String copy = "page-" + block.line();
        try {
            Files.writeString(folder.resolve(copy), block.text());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
        actions.add(new Action(
                block.line(),
                "mkdir -p \"$(dirname " + file + ")\" && mv " + folder.resolve(copy) + " " + file,
                (told, exitCode) -> exitCode == 0 ? "" : told));
    }

    private void yaml(Page.Block block) throws IOException {
        Path loaded = folder.resolve("page-" + block.line() + ".yml");
        Files.writeString(loaded, Completed.pipeline(block.text(), block.partOf()));
        pipelines.add(new Pipeline(block.line(), loaded));
        block.file().ifPresent(file -> write(file, block));
    }

    private void json(Page.Block block) {
        var mapper = new ObjectMapper();
        for (String line : block.text().lines().toList()) {
            try {
                mapper.readTree(line);
            } catch (JacksonException wrong) {
                problems.add(at(block.line()) + wrong.getOriginalMessage());
            }
        }
    }

    private Verdict like(Page.Step step) {
        Shown shown = step.shown();
        boolean shouldFail = shown.text().contains("error[") && !step.command().contains("echo $?");
        return (told, exitCode) -> {
            if (exitCode == 0 == shouldFail) {
                return "exit code " + exitCode + "\n" + told;
            }
            if (shown.text().isBlank() || shown.is(told, folder)) {
                return "";
            }
            return "shown, without what may differ:\n"
                    + shown.compared(shown.text(), folder).indent(4) + "told:\n"
                    + shown.compared(told, folder).indent(4);
        };
    }

    /// What every command told, by its number, with its exit code behind [#END].
    private String told() throws IOException, InterruptedException {
        var script = new StringBuilder("exec </dev/null 2>&1\n").append(SLEEP);
        for (int i = 0; i < actions.size(); i++) {
            script.append("printf '\\001%d\\n' ").append(i).append('\n');
            script.append(actions.get(i).command()).append('\n');
            script.append("printf '\\002%d\\n' $?\n");
        }
        Path file = Files.writeString(folder.resolve(".page.sh"), script);
        Path output = Files.createTempFile("wisent-page", ".out");
        ProcessBuilder builder = new ProcessBuilder("sh", file.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            problems.add(page.name() + ": did not end within " + MOST_MINUTES + " minutes");
        }
        String told = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        return told;
    }

    private void judge(String told) {
        Matcher one = TOLD.matcher(told);
        int judged = 0;
        while (one.find()) {
            Action action = actions.get(Integer.parseInt(one.group(1)));
            String wrong = action.verdict().of(one.group(2), Integer.parseInt(one.group(3)));
            if (!wrong.isEmpty()) {
                problems.add(at(action.line()) + action.command() + "\n" + wrong.indent(2));
            }
            judged++;
        }
        if (judged < actions.size()) {
            problems.add(at(actions.get(judged).line()) + actions.get(judged).command() + "\n  ended the shell");
        }
    }

    private String at(int line) {
        return page.name() + ":" + line + ": ";
    }
}
