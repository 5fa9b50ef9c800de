package dev.wisent.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.format.FileFormats;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.engine.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;

/// How a destination under test is opened and looked at. Extend [DestinationContract].
public abstract class DestinationUnderTest extends WrittenRows {
    private final List<AutoCloseable> opened = new ArrayList<>();
    final Progress model = new Progress();
    private Optional<WritingRun> showing = Optional.empty();

    /// Opens a destination at the place of this test. Called several times in a test: each stands for another process, and
    /// all see the same.
    protected abstract Destination open() throws Exception;

    /// How many parts are written at the place of this test that nobody sees; empty: there is no way to tell, and what a sweep
    /// takes is not tested.
    protected OptionalInt hiddenParts() throws Exception {
        return OptionalInt.empty();
    }

    /// A way to lose the answer of a commit, if there is one: a `FaultProxy`, a hook. Empty: not tested.
    protected Optional<Trouble> trouble() throws Exception {
        return Optional.empty();
    }

    /// A destination that can't be reached or written, with a password that must not be told. Empty: not tested.
    protected Optional<Unusable> unusable() throws Exception {
        return Optional.empty();
    }

    /// How many commits come between a commit and its repetition: more than a destination keeps one by one.
    protected int manyCommits() {
        return 12;
    }

    /// A destination whose commits lose their answers on demand.
    ///
    /// @param begin from now on commits get in, or not, and nobody is told
    /// @param end everything works again
    public record Trouble(Destination destination, Runnable begin, Runnable end) {}

    /// A destination whose [Destination#check] must fail.
    ///
    /// @param secrets what no message may hold
    public record Unusable(Destination destination, List<String> secrets) {}

    @AfterEach
    final void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    /// A run of another process.
    protected final WritingRun run() throws Exception {
        return run(open());
    }

    final WritingRun run(Destination destination) {
        opened.add(destination);
        WritingRun run = WritingRun.on(destination, model);
        opened.add(run);
        return run;
    }

    @Override
    final void show(TargetId target, List<RecordBatch> batches) throws Exception {
        if (showing.isEmpty()) {
            showing = Optional.of(run().claimed());
        }
        WritingRun run = showing.get();
        long before = run.last();
        try {
            run.committed(run.data(run.live(), run.write(run.live(), target, batches)));
        } catch (RuntimeException refused) {
            run.at(before);
            throw refused;
        }
    }

    /// The formats of files it takes to read back what was written. Default: none of a family.
    protected FileFormats formats() {
        return FileFormats.none();
    }

    /// What the destination says it holds, beside `batches`; empty: it can't be read back.
    final Optional<Validation.TargetResult> compared(TargetId target, List<RecordBatch> batches) throws Exception {
        Destination destination = run().destination();
        return destination.readBack(formats()).map(back -> Validation.of(batches, WritingRun.STREAM, target, back));
    }

    @Override
    final void compare(TargetId target, List<RecordBatch> batches) throws Exception {
        compared(target, batches)
                .ifPresent(result -> assertThat(result.isSame())
                        .as("as validate compares them: " + result)
                        .isTrue());
    }

    static List<Fragment> row(WritingRun run, long id) {
        return row(run, run.live(), id);
    }

    static List<Fragment> row(WritingRun run, GenerationId generation, long id) {
        return run.write(generation, ORDERS, List.of(batch(id, "row " + id)));
    }

    static Commit.Data data(WritingRun run, long id) {
        return run.data(run.live(), row(run, id));
    }
}
