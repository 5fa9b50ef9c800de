package dev.wisent.testkit;

import dev.wisent.api.fault.Boundary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;

/// Any pipeline, run by `wisent run` in JVMs of its own, killed, run again, and compared with a run nobody disturbed, under
/// each runner. Needs `wisent-cli` on the test's class path, with the connectors the pipeline names.
///
/// ```java
/// @TestFactory
/// Stream<DynamicTest> killed_anywhere_and_run_again_it_ends_with_the_same_rows() {
///     return KillSweep.of(folder, PIPELINE, MyTest::rows).atRandom(System.currentTimeMillis(), 10);
/// }
/// ```
///
/// The pipeline finds `RUNNER` in its environment, so that `engine: {runner: {type: "${RUNNER}"}}` is each in turn. Every trial
/// has a working folder of its own, to which relative paths belong; whatever is outside must be told apart by the pipeline.
/// Copied by each change; one thread.
///
/// @param folder an empty folder for all trials; what succeeded is removed
/// @param pipeline the text of the pipeline file
/// @param input makes what the pipeline reads, in the working folder
/// @param rows what readers see, of a working folder; without columns that tell the time of the run
/// @param promise whether rows may come twice
public record KillSweep(
        Path folder, String pipeline, Consumer<Path> input, Function<Path, RowBag> rows, Promise promise) {
    /// What must be there in the end.
    public enum Promise {
        /// The same rows.
        EXACTLY_ONCE,
        /// All of them; some may be there more than once.
        AT_LEAST_ONCE
    }

    /// A killed run takes about as long as one nobody disturbs, and no JVM starts faster than this.
    private static final int LATEST_MILLIS = 1_500;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LATEST_PASSING = 6;
    private static final int MOST_KILLS = 3;
    private static final String FILE = "pipeline.yml";
    /// 128 + 2: interrupted, will resume.
    private static final int INTERRUPTED = 130;

    /// Of a pipeline that is exactly once and reads nothing that has to be made first.
    public static KillSweep of(Path folder, String pipeline, Function<Path, RowBag> rows) {
        return new KillSweep(folder, pipeline, working -> {}, rows, Promise.EXACTLY_ONCE);
    }

    public KillSweep reading(Consumer<Path> madeBy) {
        return new KillSweep(folder, pipeline, madeBy, rows, promise);
    }

    public KillSweep promising(Promise other) {
        return new KillSweep(folder, pipeline, input, rows, other);
    }

    /// Under each runner, one kill at the first passing of each boundary. Boundaries a run does not pass leave it undisturbed.
    public Stream<DynamicTest> atEachBoundary() {
        Map<KillCase.Runner, RowBag> undisturbed = new EnumMap<>(KillCase.Runner.class);
        List<DynamicTest> tests = new ArrayList<>();
        for (KillCase.Runner runner : KillCase.Runner.values()) {
            for (Boundary boundary : Boundary.values()) {
                String name = "killed at " + boundary + ", runner " + text(runner);
                tests.add(DynamicTest.dynamicTest(
                        name,
                        () -> trial(
                                runner,
                                name,
                                expected(undisturbed, runner),
                                command -> command.killedAt(boundary, 1).result())));
            }
        }
        return tests.stream();
    }

    /// So many trials, each killed or stopped one to three times at any moment or any passing of any boundary. A test's name
    /// holds its seed: `atRandom(seed, 1)` plays it again.
    public Stream<DynamicTest> atRandom(long seed, int trials) {
        Map<KillCase.Runner, RowBag> undisturbed = new EnumMap<>(KillCase.Runner.class);
        return IntStream.range(0, trials).mapToObj(i -> {
            String name = "seed " + (seed + i);
            return DynamicTest.dynamicTest(name, () -> {
                Random random = new Random(seed + i);
                KillCase.Runner runner = KillCase.Runner.values()[random.nextInt(KillCase.Runner.values().length)];
                int kills = 1 + random.nextInt(MOST_KILLS);
                trial(runner, name, expected(undisturbed, runner), command -> {
                    ChildResult last = disturbed(command, random);
                    for (int kill = 1; kill < kills; kill++) {
                        last = disturbed(command, random);
                    }
                    return last;
                });
            });
        });
    }

    /// One trial, killed or stopped again and again before it may end: first at these boundaries, one a run, then at any
    /// moment,
    /// `kills` times in all. Costs a JVM a kill, and meets what earlier kills left. A run that is stopped early by a boundary
    /// goes on in the next one; so the pipeline should have more commits than kills.
    public DynamicTest inARow(long seed, List<Boundary> first, int kills) {
        Random random = new Random(seed);
        KillCase.Runner runner = KillCase.Runner.values()[random.nextInt(KillCase.Runner.values().length)];
        String name = kills + " kills in a row, runner " + text(runner) + ", seed " + seed;
        return DynamicTest.dynamicTest(
                name,
                () -> trial(runner, name, expected(new EnumMap<>(KillCase.Runner.class), runner), command -> {
                    ChildResult last = first.isEmpty()
                            ? disturbed(command, random)
                            : command.killedAt(first.getFirst(), 1).result();
                    if (!first.isEmpty() && last.exit() != ChildResult.KILLED) {
                        throw new AssertionError("passes no " + first.getFirst() + "\n" + last);
                    }
                    for (int kill = 1; kill < kills; kill++) {
                        last = kill < first.size()
                                ? command.killedAt(first.get(kill), 1).result()
                                : disturbed(command, random);
                    }
                    return last;
                }));
    }

    private static ChildResult disturbed(ChildCommand command, Random random) {
        if (random.nextInt(3) == 0) {
            try (ChildRun run = command.start()) {
                return run.killedAfter(Duration.ofMillis(random.nextInt(LATEST_MILLIS)));
            }
        }
        Boundary boundary = Boundary.values()[random.nextInt(Boundary.values().length)];
        int passing = 1 + random.nextInt(LATEST_PASSING);
        return random.nextBoolean()
                ? command.killedAt(boundary, passing).result()
                : stopped(command, boundary, passing, random.nextInt());
    }

    /// Asked to stop while it stands at a boundary, which is where it goes on from.
    private static ChildResult stopped(ChildCommand command, Boundary boundary, int passing, int id) {
        Gate gate = new Gate(command.folder().resolve("gate" + id));
        try (ChildRun run = command.heldAt(boundary, passing, gate).start()) {
            Awaitility.await("the boundary, or the end")
                    .atMost(PATIENCE)
                    .until(() -> gate.isReached() || !run.isAlive());
            if (gate.isReached()) {
                run.send(Signal.TERM);
                gate.open();
            }
            return run.await();
        }
    }

    private interface Disturbance {
        ChildResult of(ChildCommand command);
    }

    private void trial(KillCase.Runner runner, String name, RowBag expected, Disturbance disturbance) {
        Path working = folder.resolve(name.replaceAll("\\W+", "-"));
        prepare(working, runner);
        ChildCommand command = ChildCommand.run(working, FILE);
        ChildResult killed = disturbance.of(command);
        if (killed.exit() != 0 && killed.exit() != ChildResult.KILLED && killed.exit() != INTERRUPTED) {
            throw new AssertionError(name + ": ended by itself\n" + killed);
        }
        ChildResult rerun = command.result().exits(0);
        List<String> wrong = rows.apply(working).differences(expected);
        boolean onlyTwice =
                promise == Promise.AT_LEAST_ONCE && rows.apply(working).holdsAll(expected);
        if (!wrong.isEmpty() && !onlyTwice) {
            throw new AssertionError(name + " in " + working + ": " + String.join("\n", wrong) + "\n" + rerun);
        }
        delete(working);
    }

    /// Trials may run at once: the first of a runner makes it, the others wait.
    private synchronized RowBag expected(Map<KillCase.Runner, RowBag> known, KillCase.Runner runner) {
        return known.computeIfAbsent(runner, each -> {
            Path working = folder.resolve("undisturbed-" + text(each));
            prepare(working, each);
            ChildCommand.run(working, FILE).training().exits(0);
            RowBag bag = rows.apply(working);
            if (bag.size() == 0) {
                throw new AssertionError("a run nobody disturbs leaves no rows in " + working);
            }
            for (RowBag other : known.values()) {
                if (!bag.differences(other).isEmpty()) {
                    throw new AssertionError("under runner " + text(each) + ": " + bag.differences(other));
                }
            }
            return bag;
        });
    }

    private void prepare(Path working, KillCase.Runner runner) {
        try {
            Files.createDirectories(working);
            Files.writeString(working.resolve(FILE), pipeline);
            Files.writeString(working.resolve(".env"), "RUNNER=" + text(runner) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        input.accept(working);
    }

    private static String text(KillCase.Runner runner) {
        return runner.name().toLowerCase(Locale.ROOT);
    }

    private static void delete(Path working) {
        try (Stream<Path> all = Files.walk(working)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
