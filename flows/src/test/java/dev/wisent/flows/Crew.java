package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// An extractor and several loaders of one pipeline, each started by hand. None of them ends by itself before [#finish].
final class Crew implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /// With all loaded, stopped by its own handler of SIGTERM, or before it had one.
    private static final List<Integer> ENDED = List.of(0, 130, 143);

    private final ChildCommand command;
    private final List<ChildRun> loaders = new ArrayList<>();
    private final List<ChildRun> leaving = new ArrayList<>();
    private ChildRun extractor;

    Crew(ChildCommand command, int size) {
        this.command = command;
        extractor = extractor();
        for (int i = 1; i <= size; i++) {
            loaders.add(loader(i, size));
        }
    }

    private ChildRun extractor(String... more) {
        return command.with("--role", "extract").with(more).start();
    }

    private ChildRun loader(int place, int of) {
        return command.with("--role", "load", "--loader", place + "/" + of).start();
    }

    /// Lets them work for so long.
    void work(Duration time) {
        ProcessHandle watched = ProcessHandle.of(extractor.pid()).orElseThrow();
        watched.onExit()
                .completeOnTimeout(watched, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /// One dies, or stops as asked, and another one takes its place; now and then the extractor. Fails when one ended by
    /// itself.
    void comeAndGo(Random random) {
        assertThat(extractor.isAlive()).as(extractor.talk()).isTrue();
        loaders.forEach(each -> assertThat(each.isAlive()).as(each.talk()).isTrue());
        int who = random.nextInt(loaders.size() + 1);
        if (who == loaders.size()) {
            kill(extractor);
            extractor = extractor();
            return;
        }
        if (random.nextBoolean()) {
            kill(loaders.get(who));
        } else {
            loaders.get(who).send(Signal.TERM);
            leaving.add(loaders.get(who));
        }
        loaders.set(who, loader(who + 1, loaders.size()));
    }

    private static void kill(ChildRun run) {
        run.send(Signal.KILL);
        assertThat(run.await().exit()).isEqualTo(ChildResult.KILLED);
    }

    /// Everything there is gets loaded, and all end.
    void finish() {
        leaving.forEach(
                each -> assertThat(each.await(PATIENCE).exit()).as(each.talk()).isIn(ENDED));
        kill(extractor);
        extractor = extractor("--until-idle", "2");
        extractor.await(PATIENCE).exits(0);
        // One that came when all was loaded would wait for the next extraction.
        loaders.forEach(each -> each.send(Signal.TERM));
        loaders.forEach(
                each -> assertThat(each.await(PATIENCE).exit()).as(each.talk()).isIn(ENDED));
    }

    @Override
    public void close() {
        extractor.close();
        loaders.forEach(ChildRun::close);
        leaving.forEach(ChildRun::close);
    }
}
