package dev.wisent.cli.process;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueFactory;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.queue.QueueRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// A queue as somebody who is not us might write it: a folder for each lane, a file for each message, deleted when it is
/// acknowledged. Knows of Wisent what a plug-in may know.
final class FolderQueue implements MessageQueue {
    static final int MOST_BYTES = 50_000;
    private static final int NUMBERS_A_MILLI = 20;
    private static final String BEING_WRITTEN = ".new";

    private final Path folder;
    private final AtomicLong last = new AtomicLong();

    FolderQueue(Path folder, QueueRequest request) {
        this.folder = folder.resolve(request.job().replace('/', '_'));
        for (int lane = 0; lane < request.lanes(); lane++) {
            attempt(lane(lane), Files::createDirectories);
        }
    }

    private Path lane(int lane) {
        return folder.resolve(Integer.toString(lane));
    }

    @Override
    public int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    /// The files of a lane, by their names, are in the order of its messages.
    @Override
    public void publish(int lane, byte[] message) {
        long number = last.updateAndGet(before -> Math.max(before + 1, System.currentTimeMillis() << NUMBERS_A_MILLI));
        Path file = lane(lane).resolve("%020d".formatted(number));
        attempt(file, named -> {
            Path written = Files.write(named.resolveSibling(named.getFileName() + BEING_WRITTEN), message);
            return Files.move(written, named, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    @Override
    public LaneReader read(int lane) {
        return new Reader(lane(lane));
    }

    @Override
    public void close() {}

    private interface Step<T> {
        T on(Path path) throws IOException;
    }

    private static <T> T attempt(Path path, Step<T> step) {
        try {
            return step.on(path);
        } catch (IOException e) {
            throw WisentException.transientFailure(ErrorCode.QUEUE_UNREACHABLE, "the folder is out of reach: " + e, e)
                    .where(path.toString());
        }
    }

    /// A message's tag is its number.
    private static final class Reader implements LaneReader {
        private static final int LOOK_MILLIS = 5;

        private final Path lane;
        private final Semaphore woken = new Semaphore(0);
        private long taken = -1;

        Reader(Path lane) {
            this.lane = lane;
        }

        @Override
        public Optional<Delivery> poll(Duration wait) {
            long until = System.nanoTime() + wait.toNanos();
            Optional<Delivery> next = next();
            while (next.isEmpty() && System.nanoTime() < until && !isWoken()) {
                next = next();
            }
            return next;
        }

        private boolean isWoken() {
            try {
                return woken.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        private Optional<Delivery> next() {
            return attempt(lane, folder -> {
                try (Stream<Path> files = Files.list(folder)) {
                    Optional<Path> next = files.filter(file -> !file.toString().endsWith(BEING_WRITTEN))
                            .filter(file -> number(file) > taken)
                            .min(Path::compareTo);
                    if (next.isEmpty()) {
                        return Optional.empty();
                    }
                    taken = number(next.get());
                    return Optional.of(new Delivery(taken, Files.readAllBytes(next.get())));
                }
            });
        }

        private static long number(Path file) {
            return Long.parseLong(file.getFileName().toString());
        }

        @Override
        public void acknowledge(long tag) {
            attempt(lane.resolve("%020d".formatted(tag)), Files::deleteIfExists);
        }

        @Override
        public void wakeUp() {
            woken.release();
        }

        @Override
        public void close() {}
    }

    private record Handle(Path folder) implements QueueHandle {
        @Override
        public String location() {
            return "folder, " + folder;
        }

        @Override
        public MessageQueue open(QueueRequest request) {
            return new FolderQueue(folder, request);
        }

        @Override
        public void check() {
            attempt(folder, Files::createDirectories);
        }
    }

    /// Found by the service file of the jar.
    public static final class Factory implements QueueFactory {
        private static final Key<String> PATH =
                Key.text("path").about("where the messages wait").required();

        @Override
        public String name() {
            return "folder";
        }

        @Override
        public String summary() {
            return "a file for each message";
        }

        @Override
        public ConfigShape keys() {
            return ConfigShape.of(PATH);
        }

        @Override
        public QueueHandle create(ConfigSection config) {
            return new Handle(Path.of(config.read(PATH)));
        }
    }

    /// Its jar, as its author makes it.
    static void pack(Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> each : List.of(FolderQueue.class, Step.class, Reader.class, Handle.class, Factory.class)) {
                String name = each.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = Objects.requireNonNull(FolderQueue.class.getResourceAsStream("/" + name))) {
                    in.transferTo(out);
                }
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + QueueFactory.class.getName()));
            out.write(Factory.class.getName().getBytes(StandardCharsets.UTF_8));
        }
    }
}
