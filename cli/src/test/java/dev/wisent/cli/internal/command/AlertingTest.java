package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.cli.internal.alert.Hook;
import dev.wisent.cli.internal.config.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `alerting` in whole runs, against a server on this machine.
class AlertingTest {
    @TempDir
    Path folder;

    private Terminal terminal(Hook hook) {
        return new Terminal(folder, Connectors.installed()).with("HOOK", hook.address());
    }

    @Test
    void a_run_that_fails_is_told_once_and_one_that_does_not_is_not() throws IOException {
        try (Hook hook = new Hook()) {
            Terminal terminal = terminal(hook);
            pipeline("page_size: 20, fail_at_page: 2", "", "");
            assertThat(terminal.run("run", "p.yml")).isEqualTo(1);
            assertThat(terminal.err()).doesNotContain(Hook.SECRET);

            pipeline("page_size: 20", "", "");
            assertThat(terminal.run("run", "p.yml")).isZero();

            assertThat(hook.texts()).singleElement().asString().contains("pipeline orders failed", "fail at page 2");
        }
    }

    @Test
    void with_info_a_run_tells_that_it_began_and_what_it_did() throws IOException {
        try (Hook hook = new Hook()) {
            pipeline("page_size: 20", "log_levels: [error, INFO], ", "");
            assertThat(terminal(hook).run("run", "p.yml", "--json")).isZero();

            assertThat(hook.texts()).hasSize(2);
            assertThat(hook.texts().getFirst()).matches("pipeline orders began \\(run .*\\)");
            assertThat(hook.texts().getLast()).contains("100 rows", "data:");
        }
    }

    @Test
    void a_run_that_can_not_begin_is_told_too() throws IOException {
        Files.writeString(folder.resolve("blocker"), "a file where a folder is wanted");
        try (Hook hook = new Hook()) {
            pipeline(
                    "page_size: 20",
                    "",
                    "engine: {backend: {type: sqlite, database: '%s/blocker/state.db'}}".formatted(folder));
            Terminal terminal = terminal(hook);

            assertThat(terminal.run("run", "p.yml")).isNotZero();

            assertThat(hook.texts()).singleElement().asString().contains("failed", "blocker");
        }
    }

    @Test
    void a_webhook_that_refuses_changes_nothing_but_a_warning() throws IOException {
        try (Hook hook = new Hook(403, 403)) {
            pipeline("page_size: 20", "log_levels: [info], ", "");
            Terminal terminal = terminal(hook);

            assertThat(terminal.run("run", "p.yml")).isZero();

            assertThat(terminal.err())
                    .contains("warning: alerting: 2 messages could not be posted: HTTP 403")
                    .doesNotContain(Hook.SECRET);
        }
    }

    private void pipeline(String source, String alerting, String more) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: orders
                source: {name: generator, stream: orders, rows: 100, %s}
                destination: {name: file, config: {path: '%s/out/'}}
                alerting: {type: slack, %sconfig: {webhook_url: env://HOOK}}
                %s
                """.formatted(source, folder, alerting, more));
    }
}
