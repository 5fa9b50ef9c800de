package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The runner `process`: its extractor, its loader, or both die while one of them stands at a boundary. They are started again,
/// and the rows are those of a run in one process.
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(Trained.class)
class ProcessesIntoTablesTest {
    private static final int ROWS = 1_000;
    private static final int PAGES = 20;
    private static final int MOST_PASSINGS = 5;
    private static final List<Boundary> WAY = List.of(
            Boundary.BEFORE_CLAIM,
            Boundary.AFTER_CLAIM,
            Boundary.AFTER_BEGIN,
            Boundary.FETCHED,
            Boundary.DECODED,
            Boundary.WRITTEN,
            Boundary.FLUSHED,
            Boundary.STAGING,
            Boundary.STAGED,
            Boundary.BEFORE_COMMIT,
            Boundary.MANIFEST_WRITTEN,
            Boundary.COMMITTED,
            Boundary.ACKNOWLEDGED);

    @TempDir
    Path folder;

    private final Map<Target, RowBag> undisturbed = new EnumMap<>(Target.class);

    /// What stands between the processes.
    enum Between {
        SOCKET(name -> "{type: memory}"),
        KAFKA(Through.KAFKA::queue),
        RABBITMQ(Through.RABBITMQ::queue);

        private final Function<String, String> queue;

        Between(Function<String, String> queue) {
            this.queue = queue;
        }
    }

    /// With what other tests do to the process runner: each queue with each destination, and each victim with either. A third
    /// manifest only a loader writes: it dies with a commit whose messages are not acknowledged, which come again to the next
    /// one. An extractor passes other boundaries as well, and earlier.
    @ParameterizedTest
    @CsvSource({
        "SOCKET,   DELTA,    BOTH,      COMMITTED,        2",
        "KAFKA,    DELTA,    LOADER,    MANIFEST_WRITTEN, 3",
        "KAFKA,    POSTGRES, EXTRACTOR, WRITTEN,          8",
        "RABBITMQ, DELTA,    EXTRACTOR, FETCHED,          8",
        "RABBITMQ, FILE,     LOADER,    MANIFEST_LINKED,  3",
        "RABBITMQ, POSTGRES, BOTH,      ACKNOWLEDGED,     1"
    })
    void processes_that_die_at_a_boundary_are_started_again_and_leave_each_row_once(
            Between queue, Target target, Victim victim, Boundary boundary, int passing) {
        assertThat(talkOfOneThatDies(queue, target, victim, boundary, passing)).contains("it is started again");
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> processes_with_a_socket_between_them_die_at_every_boundary() {
        return sweep(Between.SOCKET);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> processes_with_kafka_between_them_die_at_every_boundary() {
        return sweep(Between.KAFKA);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> processes_with_rabbitmq_between_them_die_at_every_boundary() {
        return sweep(Between.RABBITMQ);
    }

    private Stream<DynamicTest> sweep(Between queue) {
        Random random = new Random(Long.getLong("wisent.seed", 1));
        return Stream.of(Target.FILE, Target.DELTA, Target.POSTGRES)
                .flatMap(target -> Stream.of(Victim.values())
                        .flatMap(victim -> WAY.stream().map(boundary -> {
                            int passing = 1 + random.nextInt(MOST_PASSINGS);
                            return DynamicTest.dynamicTest(
                                    target + ", " + victim + " at " + boundary + ", passing " + passing,
                                    () -> talkOfOneThatDies(queue, target, victim, boundary, passing));
                        })));
    }

    private String talkOfOneThatDies(Between queue, Target target, Victim victim, Boundary boundary, int passing) {
        RowBag plain = plain(target);
        String name = queue + "-" + target + "-" + victim + "-" + boundary;
        Path working = folder.resolve(name);
        Gate gate = new Gate(folder.resolve(name + ".gate"));
        ChildCommand command = pipeline(working, target, queue.queue.apply(name), victim == Victim.LOADER ? 100 : 40);
        String told = victim.dies(command, boundary, passing, gate).exits(0).err();
        assertThat(target.rows(working).differences(plain)).isEmpty();
        return told;
    }

    /// Cells of a sweep go on side by side.
    private synchronized RowBag plain(Target target) {
        return undisturbed.computeIfAbsent(target, each -> {
            Path working = folder.resolve("plain-" + each);
            pipeline(working, each, "{type: memory}", 0).here().exits(0);
            RowBag rows = each.rows(working);
            assertThat(rows.distinct()).isEqualTo(ROWS);
            return rows;
        });
    }

    private static ChildCommand pipeline(Path working, Target target, String queue, int sleep) {
        try {
            Files.createDirectories(working);
            Files.writeString(working.resolve("pipeline.yml"), """
                    name: orders
                    source: {name: generator, stream: orders, sync_mode: incremental, rows: %d, page_size: %d, sleep_ms: %d}
                    destination: {%s, commit_interval: 0.05}}
                    engine: {lease: {heartbeat: 0.2, expiry: 1}, queue: %s, backend: {database: "%s"}}
                    """.formatted(
                    ROWS, ROWS / PAGES, sleep, target.destination(working), queue, working.resolve("state.db")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ChildCommand.run(working, "pipeline.yml");
    }
}
