package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.Gate;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Logs of runs that go on, were killed, or have no room.
@Execution(ExecutionMode.CONCURRENT)
class LogsTest {
    private static final String GONE = "the process of this run is gone";

    @TempDir
    Path folder;

    private ChildCommand logs(String... options) {
        return new ChildCommand(folder, List.of("logs"), List.of(), OptionalLong.empty()).with(options);
    }

    private ChildCommand run() {
        return ChildCommand.run(folder, PipelineYaml.FILE);
    }

    @Test
    void a_killed_run_leaves_what_it_said_and_following_it_ends() {
        PipelineYaml.orders(20_000)
                .engine("queue", "{config: {max_nb_messages: 5}}")
                .write(folder);
        run().killedAt(Boundary.STAGED, 1).result().exits(ChildResult.KILLED);

        ChildResult shown = logs().here().exits(0);
        assertThat(shown.out()).contains("of pipeline trial, stream orders", "max_nb_messages");
        assertThat(shown.err()).contains(GONE);
        ChildResult followed = logs("--follow").result().exits(0);
        assertThat(followed.out()).isEqualTo(shown.out());
        assertThat(followed.err()).contains(GONE);
    }

    @Test
    void following_shows_the_beginning_while_the_run_goes_on_and_ends_with_it() {
        PipelineYaml.orders(20_000).write(folder);
        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = run().heldAt(Boundary.STAGED, 1, gate).start()) {
            gate.awaitReached();
            try (ChildRun follower = logs("-f").start()) {
                Awaitility.await("the follower tells that the run began")
                        .until(() -> follower.told().contains("of pipeline trial, stream orders"));
                assertThat(follower.isAlive()).isTrue();
                gate.open();
                run.await().exits(0);
                ChildResult followed = follower.await().exits(0);

                assertThat(followed.out()).contains("succeeded; orders 20,000 rows");
                assertThat(followed.err()).doesNotContain(GONE);
            }
        }
    }

    @Test
    void a_full_disk_under_the_logs_is_a_warning_with_its_place_and_the_run_loses_nothing() {
        Path room = folder.resolve("room");
        PipelineYaml.orders(Trial.ROWS).engine("logs", "{folder: room/}").write(folder);
        try (SmallDisk disk = SmallDisk.at(room, 64 << 10)) {
            assumeTrue(disk.isMounted(), "nothing may be mounted here");
            disk.fill(room.resolve("ballast"));
            ChildResult done = run().here().exits(0);

            assertThat(done.err()).containsOnlyOnce("warning[W4005]: no space left: the log of this run is not kept");
            assertThat(done.err()).contains("room/trial/");
        }
        Trial.holds(FolderOracle.ofFolder(folder.resolve("out")), Uninterrupted.orders());
    }
}
