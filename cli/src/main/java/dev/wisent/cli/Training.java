package dev.wisent.cli;

import com.github.luben.zstd.ZstdOutputStream;
import dev.wisent.cli.internal.command.CommandTree;
import dev.wisent.cli.internal.command.Shell;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.config.Installation;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.process.MeetingPlace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

/// What the launcher runs to make the AOT cache: the pipelines in the current folder, one after the other in one process, so
/// that the JVM keeps the classes of all, and of those over files also what was called how often. Its files are written here
/// first.
public final class Training {
    private static final List<String> PIPELINES =
            List.of("training.yml", "training-lake.yml", "training-transforms.yml");
    private static final String THROUGH_A_QUEUE = "training-queue.yml";
    /// In each of two files, for two workers: long enough for the compiler to choose as it would in a long run.
    private static final int RECORDS = 40_000;

    private static final List<String> STATUSES = List.of("open", "paid", "sent", "gone back");
    private static final List<String> WORDS = List.of("fast", "größer", "\\\"quoted\\\"", "than", "expected\\n", "red");

    private Training() {}

    public static void main(String[] args) throws IOException {
        HeapWatch.start();
        try (OutputStream zstd = new ZstdOutputStream(create("events.ndjson.zst"));
                OutputStream gzip = new GZIPOutputStream(create("events.ndjson.gz"), 1 << 16)) {
            write(new Random(1), zstd);
            write(new Random(2), gzip);
        }
        int code = 0;
        for (String pipeline : PIPELINES) {
            code = Math.max(code, run(System.getenv(), "run", pipeline));
        }
        System.exit(Math.max(code, throughQueue()));
    }

    /// Extraction and loading as the processes of a run do them, which need no broker to meet, but on threads of this one.
    private static int throughQueue() {
        try (MeetingPlace place = MeetingPlace.make()) {
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.putAll(place.environment());
            CompletableFuture<Integer> loaded = CompletableFuture.supplyAsync(() -> half(environment, "load"));
            return Math.max(half(environment, "extract"), loaded.join());
        }
    }

    private static int half(Map<String, String> environment, String role) {
        return run(environment, "run", THROUGH_A_QUEUE, "--runner", "process", "--role", role);
    }

    private static int run(Map<String, String> environment, String... arguments) {
        Path folder = Path.of("");
        Shell shell = new Shell(
                Console.ofProcess(environment),
                environment,
                folder,
                () -> Connectors.of(Installation.families(), folder));
        return CommandTree.run(arguments, shell);
    }

    private static OutputStream create(String name) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(Path.of(name)), 1 << 16);
    }

    private static void write(Random random, OutputStream out) throws IOException {
        for (int i = 0; i < RECORDS; i++) {
            out.write(record(random, i).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String record(Random random, int number) {
        StringBuilder json = new StringBuilder(512);
        json.append("{\"id\":\"").append(new UUID(random.nextLong(), number));
        json.append("\",\"at\":\"").append(Instant.ofEpochMilli(1_750_000_000_000L + number * 1_234L));
        json.append("\",\"customer\":").append(random.nextInt(100_000));
        json.append(",\"status\":\"").append(STATUSES.get(random.nextInt(STATUSES.size())));
        json.append("\",\"page\":\"/products/").append(random.nextInt(900)).append(".html\"");
        json.append(",\"quantity\":").append(random.nextInt(12));
        json.append(",\"amount\":").append(random.nextInt(1_000)).append('.').append(10 + random.nextInt(90));
        json.append(",\"share\":").append(random.nextDouble());
        json.append(",\"latitude\":").append(random.nextDouble() * 90);
        json.append(",\"device\":{\"os\":\"Linux\",\"mobile\":").append(random.nextBoolean());
        json.append(",\"browser\":{\"name\":\"Firefox\",\"version\":")
                .append(90 + random.nextInt(40))
                .append("}}");
        json.append(",\"tags\":[");
        for (int i = random.nextInt(4); i > 0; i--) {
            json.append("\"tag-").append(random.nextInt(60)).append(i > 1 ? "\"," : "\"");
        }
        json.append("],\"comment\":");
        if (random.nextBoolean()) {
            json.append("null");
        } else {
            json.append('"');
            for (int i = random.nextInt(20); i >= 0; i--) {
                json.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            json.append('"');
        }
        if (random.nextInt(5) > 0) {
            json.append(",\"coupon\":\"SUMMER-").append(random.nextInt(100)).append('"');
        }
        json.append(",\"discount\":").append(random.nextInt(10) > 0 ? "null" : "0.25");
        return json.append(",\"test\":")
                .append(random.nextInt(50) == 0)
                .append("}\n")
                .toString();
    }
}
