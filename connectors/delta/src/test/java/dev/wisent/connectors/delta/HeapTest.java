package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.storages3.S3Server;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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

/// Compressed files in a store, sixteen at once, into a table there, in a small heap that is all touched from the start: what
/// grows is something else, and something of each file has no place in it.
class HeapTest {
    private static final Duration LONG = Duration.ofMinutes(20);
    private static final int NOTE = 200;
    private static final int ROWS = 10_000;

    @TempDir
    Path folder;

    @Test
    void forty_files_in_s3_become_a_table_there() throws Exception {
        try (Places places = Places.s3(new S3Server())) {
            Lake lake = new Lake(places.next());
            lake.files(0, 40, gzip(ROWS / 10));
            assertThat(lake.run("512m").rows()).isEqualTo(40L * ROWS / 10);
            lake.check();
        }
    }

    @Tag("soak")
    @Test
    void memory_is_flat_from_a_hundred_files_in_s3_to_a_thousand() throws Exception {
        try (Places places = Places.s3(new S3Server())) {
            flat(places);
        }
    }

    @Tag("soak")
    @Test
    void memory_is_flat_from_a_hundred_files_in_a_folder_to_a_thousand() throws Exception {
        try (Places places = Places.local(folder)) {
            flat(places);
        }
    }

    private void flat(Places places) throws IOException {
        byte[] content = gzip(ROWS);
        Lake few = new Lake(places.next());
        few.files(0, 100, content);
        Done hundred = few.run("256m");
        Lake many = new Lake(places.next());
        many.files(0, 1_000, content);
        Done thousand = many.run("256m");

        assertThat(hundred.rows()).isEqualTo(100L * ROWS);
        assertThat(thousand.rows()).isEqualTo(1_000L * ROWS);
        many.check();
        System.out.println(
                "peak resident bytes of 100 and 1,000 files: " + hundred.peakMemory() + ", " + thousand.peakMemory());
        assertThat(thousand.peakMemory()).isLessThan(hundred.peakMemory() * 5 / 4);
    }

    @Tag("soak")
    @Test
    void a_file_of_three_gigabytes_in_s3_goes_through_a_heap_of_half_of_one() throws Exception {
        try (Places places = Places.s3(new S3Server())) {
            Lake lake = new Lake(places.next());
            ByteArrayOutputStream members = new ByteArrayOutputStream();
            byte[] member = gzip(150_000);
            for (int i = 0; i < 90; i++) {
                members.write(member);
            }
            lake.files(0, 1, members.toByteArray());

            Done done = lake.run("512m");

            assertThat(done.rows()).isEqualTo(90L * 150_000);
            lake.check();
            System.out.println("one file of 3 GB in S3: peak resident bytes " + done.peakMemory());
        }
    }

    private record Done(long rows, long peakMemory) {}

    /// Files beside a table.
    private final class Lake {
        private final Places.Place table;
        private final Places.Place in;

        Lake(Places.Place table) {
            this.table = table;
            this.in = new Places.Place(table.url() + "-in", table.options());
        }

        void files(int from, int to, byte[] content) {
            try (ObjectStore store = in.open()) {
                for (int i = from; i < to; i++) {
                    store.put("part-%05d.ndjson.gz".formatted(i), ByteBuffer.wrap(content));
                }
            }
        }

        Done run(String heap) throws IOException {
            Path work = Files.createTempDirectory(folder, "work");
            String files = in.yaml().replaceFirst("\"" + in.url() + "\"", "\"" + in.url() + "/*.ndjson.gz\"");
            Files.writeString(work.resolve("pipeline.yml"), """
                    name: lake
                    source: {name: files, stream: events, %s, format: ndjson, max_concurrent_files: 16,
                             schema: {fields: [{name: id, type: int64}, {name: note, type: string}]}}
                    destination: {name: delta, config: {%s}}
                    """.formatted(files, table.yaml()));
            AtomicLong peak = new AtomicLong();
            try (ChildRun run = ChildCommand.run(work, "pipeline.yml")
                    .withJvm("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch")
                    .start()) {
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

        void check() {
            try (ObjectStore store = table.open()) {
                assertThat(ProtocolChecker.check(store)).isNotEmpty();
                assertThat(ProtocolChecker.unlisted(store)).isEmpty();
            }
        }
    }

    private static byte[] gzip(int rows) throws IOException {
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
}
