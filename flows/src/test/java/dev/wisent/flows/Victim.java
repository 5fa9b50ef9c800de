package dev.wisent.flows;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Gate;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/// Which processes of the runner `process` die.
enum Victim {
    EXTRACTOR("extract"),
    LOADER("load"),
    BOTH("extract", "load");

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<String> roles;

    Victim(String... roles) {
        this.roles = List.of(roles);
    }

    List<String> roles() {
        return roles;
    }

    /// Runs `command` under the runner `process` to its end; these die while one of the processes, theirs or not, stands at the
    /// given passing of `boundary`. Nobody dies when none comes there.
    ChildResult dies(ChildCommand command, Boundary boundary, int passing, Gate gate) {
        try (ChildRun run = command.with("--runner", "process")
                .heldAt(boundary, passing, gate)
                .start()) {
            Awaitility.await().atMost(PATIENCE).until(() -> gate.isReached() || !run.isAlive());
            if (run.isAlive()) {
                roles.stream()
                        .map(role -> run.descendant("--role", role))
                        .toList()
                        .forEach(Victim::kill);
            }
            // Who was started again comes there again.
            Awaitility.await().atMost(PATIENCE).until(() -> {
                if (gate.isReached()) {
                    gate.open();
                }
                return !run.isAlive();
            });
            return run.await();
        }
    }

    private static void kill(ProcessHandle half) {
        half.destroyForcibly();
        half.onExit().join();
    }
}
