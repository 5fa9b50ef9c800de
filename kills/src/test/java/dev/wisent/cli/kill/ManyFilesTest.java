package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many compressed files, and one very large one, into Parquet.
class ManyFilesTest {
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final String COLUMNS = "{fields: [{name: id, type: int64}, {name: note, type: string}]}";
    private static final int NOTE = 200;

    @TempDir
    Path folder;

    @Test
    void two_thousand_small_files_arrive_whole() throws IOException {
        small(2_000);
    }

    @Tag("soak")
    @Test
    void twenty_thousand_small_files_arrive_whole() throws IOException {
        small(20_000);
    }

    private void small(int files) throws IOException {
        byte[] ten = member(10);
        for (int i = 0; i < files; i++) {
            write("in/part-%05d.ndjson.gz".formatted(i), ten, 1);
        }
        assertThat(read(1, "-Xmx512m").rows()).isEqualTo(10L * files);
    }

    /// A file of many members, as tools that append make it.
    @Tag("soak")
    @Test
    void a_file_of_three_gigabytes_goes_through_a_heap_of_half_of_one() throws IOException {
        byte[] member = member(150_000);
        write("in/giant.ndjson.gz", member, 90);

        Done done = read(1, "-Xmx512m");

        assertThat(done.rows()).isEqualTo(90L * 150_000);
        System.out.println("one file of 3 GB: peak resident bytes " + done.peakMemory());
    }

    /// The heap is touched from the start, so that what grows is something else; it is too small to keep something of each.
    @Tag("soak")
    @Test
    void memory_is_flat_from_a_hundred_files_to_a_thousand_with_sixteen_at_once() throws IOException {
        byte[] member = member(10_000);
        for (int i = 0; i < 100; i++) {
            write("in/a-%04d.ndjson.gz".formatted(i), member, 1);
        }
        Done hundred = read(16, "-Xms200m", "-Xmx200m", "-XX:+AlwaysPreTouch");
        for (int i = 100; i < 1_000; i++) {
            write("in/a-%04d.ndjson.gz".formatted(i), member, 1);
        }
        Done thousand = read(16, "-Xms200m", "-Xmx200m", "-XX:+AlwaysPreTouch");

        assertThat(hundred.rows()).isEqualTo(100L * 10_000);
        assertThat(thousand.rows()).isEqualTo(1_000L * 10_000);
        System.out.println(
                "peak resident bytes of 100 and 1,000 files: " + hundred.peakMemory() + ", " + thousand.peakMemory());
        assertThat(thousand.peakMemory()).isLessThan(hundred.peakMemory() * 5 / 4);
    }

    private record Done(long rows, long peakMemory) {}

    /// One gzip member of so many rows.
    private static byte[] member(int rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            String note = "n".repeat(NOTE);
            for (int i = 0; i < rows; i++) {
                out.write(
                        "{\"id\":%d,\"note\":\"%s%d\"}\n".formatted(i, note, i).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private void write(String name, byte[] member, int times) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < times; i++) {
                out.write(member);
            }
        }
    }

    /// Reads all of them, into a folder of its own.
    private Done read(int atOnce, String... heap) {
        Path work = folder.resolve("work-" + System.nanoTime());
        PipelineYaml.files(folder.resolve("in") + "/*.ndjson.gz")
                .source("schema", COLUMNS)
                .source("max_concurrent_files", atOnce)
                .destination("format", "parquet")
                .write(work);
        AtomicLong peak = new AtomicLong();
        try (ChildRun run =
                ChildCommand.run(work, PipelineYaml.FILE).withJvm(heap).start()) {
            Awaitility.await()
                    .atMost(LONG)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> {
                        run.peakMemory().ifPresent(bytes -> peak.accumulateAndGet(bytes, Math::max));
                        return !run.isAlive();
                    });
            ChildResult result = run.await().exits(0);
            assertThat(result.count("rejected")).isZero();
            return new Done(result.count("written"), peak.get());
        }
    }
}
