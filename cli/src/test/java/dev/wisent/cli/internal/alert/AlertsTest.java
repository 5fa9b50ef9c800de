package dev.wisent.cli.internal.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineSpec.AlertingPart;
import dev.wisent.cli.internal.config.Secrets;
import dev.wisent.cli.internal.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Execution(ExecutionMode.CONCURRENT)
class AlertsTest {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Console console = Console.of(new ByteArrayOutputStream(), told, Console.Mode.PLAIN);

    private Alerts alerts(Hook hook, LogLevel least) {
        return alerts(hook.address(), least);
    }

    private Alerts alerts(String address, LogLevel least) {
        return new Alerts(Optional.of(new AlertingPart(least, URI.create(address))), console, "orders");
    }

    private static WisentException failure() {
        return WisentException.of(ErrorCode.SOURCE_FAILED, "the page <3> & more hunter2-hunter2");
    }

    @ParameterizedTest
    @CsvSource({"CRITICAL, 1", "ERROR, 2", "WARNING, 3", "INFO, 5", "DEBUG, 5"})
    void what_matters_at_least_as_much_as_the_level_is_posted_once(LogLevel least, int posts) {
        try (Hook hook = new Hook()) {
            try (Alerts alerts = alerts(hook, least)) {
                alerts.began("run-1");
                alerts.warned("late");
                alerts.warned("late");
                alerts.failed(failure());
                alerts.failed(WisentException.of(ErrorCode.INTERNAL, "a defect"));
                alerts.ended("over");
            }
            assertThat(hook.texts()).hasSize(posts);
        }
        assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void a_failure_is_told_with_all_its_parts_without_secrets_and_without_marks_of_slack() {
        console.hide(new Secrets(List.of("hunter2-hunter2")));
        try (Hook hook = new Hook()) {
            try (Alerts alerts = alerts(hook, LogLevel.ERROR)) {
                alerts.failed(failure());
            }
            assertThat(hook.texts())
                    .singleElement()
                    .asString()
                    .startsWith("pipeline orders failed\nerror[" + ErrorCode.SOURCE_FAILED.id()
                            + "]: the page &lt;3&gt; &amp; more ***\n")
                    .contains("hint: ", "next: ");
        }
    }

    @Test
    void a_server_that_stumbles_is_asked_again() {
        try (Hook hook = new Hook(500, 429)) {
            try (Alerts alerts = alerts(hook, LogLevel.ERROR)) {
                alerts.failed(failure());
            }
            assertThat(hook.texts()).hasSize(1);
        }
        assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"404, HTTP 404", "302, HTTP 302", "503, HTTP 503"})
    void what_can_not_be_posted_is_one_warning_that_hides_the_address(int status, String why) {
        try (Hook hook = new Hook(status, status, status, status, status, status)) {
            try (Alerts alerts = alerts(hook, LogLevel.ERROR)) {
                alerts.failed(failure());
                alerts.failed(failure());
            }
            assertThat(hook.texts()).isEmpty();
        }
        assertThat(told.toString(StandardCharsets.UTF_8))
                .isEqualTo("warning: alerting: 2 messages could not be posted: " + why + "\n");
    }

    @Test
    void a_server_that_is_not_there_is_a_warning() {
        try (Hook gone = new Hook()) {
            gone.close();
            try (Alerts alerts = alerts(gone, LogLevel.ERROR)) {
                alerts.failed(failure());
            }
        }
        assertThat(told.toString(StandardCharsets.UTF_8))
                .isEqualTo("warning: alerting: 1 message could not be posted: no connection\n");
    }

    @Test
    void a_server_that_never_answers_is_given_up() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Webhook webhook = new Webhook(
                    URI.create("http://localhost:" + silent.getLocalPort() + "/" + Hook.SECRET),
                    Duration.ofMillis(100));

            assertThat(webhook.post("hello")).contains("no answer in 100 ms");
        }
    }

    @Test
    void a_run_that_warns_of_everything_does_not_flood_the_channel_and_its_end_is_told() {
        try (Hook hook = new Hook()) {
            try (Alerts alerts = alerts(hook, LogLevel.WARNING)) {
                for (int i = 0; i < 100; i++) {
                    alerts.warned("warning " + i);
                }
                alerts.failed(failure());
            }
            assertThat(hook.texts()).hasSize(21);
            assertThat(hook.texts().getLast()).contains("failed");
        }
    }

    @Test
    void nobody_is_told_where_nobody_is_named() {
        try (Alerts alerts = new Alerts(Optional.empty(), console, "orders")) {
            alerts.failed(failure());
        }
        assertThat(told.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
