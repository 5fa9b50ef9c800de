package dev.wisent.cli.internal.alert;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.PipelineSpec.AlertingPart;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// What a run tells the webhook of its pipeline (`alerting`). Messages go out one after the other on a thread of their own; one
/// that can't be posted is a warning, and nothing else: alerts never fail a run, and hold up its end for a while at most.
///
/// Safe for several threads. No secret leaves in a message (R14).
public final class Alerts implements AutoCloseable {
    /// A run that warns of everything must not flood a channel; how it ended is told all the same.
    private static final int MOST_WARNINGS = 20;
    /// How long the end of a run waits for messages that are still on their way.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Optional<Sender> sender;
    private final Console console;
    private final String subject;
    private final Set<String> warned = new HashSet<>();

    /// The thread and what became of its messages.
    private record Sender(LogLevel least, Webhook webhook, ExecutorService thread, List<String> failures) {
        void post(String text) {
            thread.execute(() -> webhook.post(text).ifPresent(this::failed));
        }

        private void failed(String why) {
            synchronized (failures) {
                failures.add(why);
            }
        }

        List<String> failed() {
            synchronized (failures) {
                return List.copyOf(failures);
            }
        }
    }

    /// @param where empty: nobody is told anything
    /// @param subject what messages are about: the pipeline
    public Alerts(Optional<AlertingPart> where, Console console, String subject) {
        this.console = console;
        this.subject = subject;
        this.sender = where.map(alerting -> new Sender(
                alerting.least(),
                new Webhook(alerting.webhook(), Webhook.TIMEOUT),
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon(true).name("alerts").factory()),
                new ArrayList<>()));
    }

    public void began(String run) {
        tell(LogLevel.INFO, "began (run " + run + ")");
    }

    /// The same warning is told once.
    public void warned(String text) {
        boolean fresh;
        synchronized (warned) {
            fresh = warned.size() < MOST_WARNINGS && warned.add(text);
        }
        if (fresh) {
            tell(LogLevel.WARNING, "warns: " + text);
        }
    }

    /// @param how what the run says of itself
    public void ended(String how) {
        tell(LogLevel.INFO, how);
    }

    public void failed(WisentException error) {
        LogLevel level = error.code() == ErrorCode.INTERNAL ? LogLevel.CRITICAL : LogLevel.ERROR;
        tell(level, "failed\n" + ErrorText.lines(console.masked(error), Console.Mode.PLAIN));
    }

    private void tell(LogLevel of, String text) {
        sender.filter(s -> of.compareTo(s.least()) >= 0)
                .ifPresent(s -> s.post(console.masked("pipeline " + subject + " " + text)));
    }

    /// Waits for what is on its way, and warns of what did not get there.
    @Override
    public void close() {
        sender.ifPresent(this::close);
    }

    private void close(Sender to) {
        to.thread().shutdown();
        try {
            if (!to.thread().awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                int waiting = to.thread().shutdownNow().size() + 1;
                warn(waiting, "no answer in " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException hurry) {
            to.thread().shutdownNow();
            Thread.currentThread().interrupt();
        }
        List<String> failures = to.failed();
        if (!failures.isEmpty()) {
            warn(failures.size(), failures.getLast());
        }
    }

    private void warn(int messages, String why) {
        console.talk(
                LogLevel.WARNING,
                "warning: alerting: " + Amounts.count(messages, "message") + " could not be posted: " + why);
    }
}
