package dev.wisent.flows;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.Page;
import dev.wisent.api.source.PageRequest;
import dev.wisent.api.source.PagedSource;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.LongStream;

/// The numbers below [#ROWS], in pages that are longer and in another order for each process that asks. All but the third get
/// no answer any more in the middle.
final class ChangingPages extends PagedSource {
    static final int ROWS = 1_000;
    static final int LIVES = 3;
    private static final int PAGES_OF_A_LIFE = 9;
    private static final int SHORTEST = 17;
    private static final int LONGER = 12;

    private final Path folder;
    private int life;
    private int pages;

    private ChangingPages(SourceSettings settings, Path folder) {
        super(settings, List.of(stream("numbers", List.of("n"), Optional.of("n"))), "numbers");
        this.folder = folder;
    }

    /// A plug-in with this source: children do not see the classes of tests.
    static void pack(Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> each : List.of(ChangingPages.class, Factory.class)) {
                String name = each.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = Objects.requireNonNull(ChangingPages.class.getResourceAsStream("/" + name))) {
                    in.transferTo(out);
                }
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + SourceFactory.class.getName()));
            out.write(Factory.class.getName().getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Where it is seen that life `number` gets no more answers.
    static Path silence(Path folder, int number) {
        return folder.resolve("silent-" + number);
    }

    /// To be made when pages of the first life are committed; it gets no more before.
    static Path committed(Path folder) {
        return folder.resolve("committed");
    }

    @Override
    protected Page page(PageRequest request) throws IOException, InterruptedException {
        if (life == 0) {
            life = begin();
        }
        long first = request.token().map(Long::parseLong).orElse(0L);
        pages++;
        if (life == 1 && pages == PAGES_OF_A_LIFE / 2) {
            await(committed(folder));
        }
        if (life < LIVES && pages > PAGES_OF_A_LIFE) {
            Files.createFile(silence(folder, life));
            new CountDownLatch(1).await();
        }
        long end = Math.min(first + SHORTEST + (long) life * LONGER, ROWS);
        List<String> records = new ArrayList<>(LongStream.range(first, end)
                .mapToObj(n -> "{\"n\":" + n + ",\"life\":" + life + "}")
                .toList());
        Collections.shuffle(records, new Random(life));
        return new Page.Records(
                records,
                end < ROWS ? Optional.of(Long.toString(end)) : Optional.empty(),
                Optional.of(Long.toString(end)));
    }

    private void await(Path file) throws IOException, InterruptedException {
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            while (!Files.exists(file)) {
                WatchKey key = watch.take();
                key.pollEvents();
                key.reset();
            }
        }
    }

    private int begin() throws IOException {
        Path lives = folder.resolve("lives");
        Files.writeString(lives, "life\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return Files.readAllLines(lives).size();
    }

    /// `name: changing_pages`.
    public static final class Factory implements SourceFactory {
        private static final Key<String> FOLDER =
                Key.text("folder").about("where lives are counted").required();

        @Override
        public String name() {
            return "changing_pages";
        }

        @Override
        public String summary() {
            return "pages that are other ones each time";
        }

        @Override
        public List<StreamInfo> knownStreams() {
            return List.of(stream("numbers", List.of("n"), Optional.of("n")));
        }

        @Override
        public ConfigShape keys() {
            return ConfigShape.of(FOLDER);
        }

        @Override
        public Source create(ConfigSection config, SourceSettings settings) {
            return new ChangingPages(settings, Path.of(config.read(FOLDER)));
        }
    }
}
