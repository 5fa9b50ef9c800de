package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.SyncMode;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.storages3.S3Server;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// As [DeathsTest], of lives that read packed NDJSON files; in S3 the files come through the storm, too. The oracle unpacks and
/// reads the files itself. A test's name holds its seed: `-Dkill.seed=` plays it again.
@Execution(ExecutionMode.CONCURRENT)
class PackedFilesDeathsTest {
    private static final int SEEDS = 3;
    private static final int SWEEP = 50;
    private static final int LATEST_PASSING = 4;
    private static final int PART = 48 << 10;
    /// S3 takes no smaller part but the last: uploads of small files have that one only.
    private static final int S3_PART = 5 << 20;
    private static final int MULTIPART = 32 << 10;
    /// Between two blocks of a file lies DECODED, with some of its records parsed.
    private static final List<String> WAY = List.of(
            Boundary.FETCHED.name(),
            Boundary.DECODED.name(),
            Life.ROLLED,
            Life.MID_UPLOAD,
            Boundary.MANIFEST_WRITTEN.name(),
            Boundary.MANIFEST_LINKED.name(),
            Boundary.COMMITTED.name(),
            Boundary.STATE_SAVED.name());

    @TempDir
    Path folder;

    private interface Scene {
        void play(long seed, String moment) throws Exception;
    }

    private static Stream<DynamicTest> each(String where, int seeds, List<String> moments, Scene scene) {
        Long given = Long.getLong("kill.seed");
        long first = given != null ? given : Long.getLong("wisent.seed", 1);
        return moments.stream()
                .flatMap(moment -> LongStream.range(first, first + (given != null ? 1 : seeds))
                        .mapToObj(seed -> DynamicTest.dynamicTest(
                                where + ", dies at " + moment + ", seed " + seed, () -> scene.play(seed, moment))));
    }

    private Path fresh() throws Exception {
        return Files.createTempDirectory(folder, "life");
    }

    private PackedInput input(PackedInput.Shape shape) throws Exception {
        PackedInput input = PackedInput.in(fresh(), shape);
        assertThat(input.rows().size()).isEqualTo(input.size());
        return input;
    }

    private PackedInput input() throws Exception {
        return input(PackedInput.Shape.SMALL);
    }

    private static Feed feed(Places.Place place, PackedInput input) {
        int part = place.options().isEmpty() ? PART : S3_PART;
        Feed feed = Feed.files(place, PackedInput.GLOB, PackedInput.FIELDS, new Sending(2, 2, part, MULTIPART));
        return input.shape().equals(PackedInput.Shape.LARGE) ? feed.wholeFiles() : feed;
    }

    private void lives(Places.Place place, Feed feed, long seed, String moment) throws Exception {
        Random random = new Random(seed * WAY.size() + WAY.indexOf(moment));
        SyncMode mode = random.nextBoolean() ? SyncMode.FULL_REFRESH : SyncMode.INCREMENTAL;
        boolean forgotten = random.nextBoolean();
        int passing = 1 + random.nextInt(LATEST_PASSING);
        Path own = fresh();
        Life life = new Life(own, own.resolve("state.db"), place, mode, feed);
        boolean died = life.until(moment, passing);
        assertThat(died || passing > 1).as("every life passes " + moment).isTrue();
        if (random.nextBoolean()) {
            life = next(life, forgotten);
            life.until(WAY.get(random.nextInt(WAY.size())), 1 + random.nextInt(LATEST_PASSING));
        }
        next(life, forgotten).whole();
    }

    private Life next(Life before, boolean forgotten) throws Exception {
        if (!forgotten) {
            Thread.sleep(Life.LEASE.multipliedBy(2));
            return before;
        }
        Path own = fresh();
        return new Life(own, own.resolve("state.db"), before.place(), before.mode(), before.feed());
    }

    private static void isWhole(Places.Place place, PackedInput input) {
        try (ObjectStore store = place.open()) {
            assertThat(TableReader.bag(store).differences(input.rows())).isEmpty();
            ProtocolChecker.check(store);
        }
    }

    private Scene local(PackedInput input) {
        return (seed, moment) -> {
            Places.Place place = Places.local(fresh()).next();
            lives(place, feed(new Places.Place(input.folder().toString(), Map.of()), input), seed, moment);
            isWhole(place, input);
            try (ObjectStore store = place.open()) {
                assertThat(ProtocolChecker.unlisted(store)).as("left behind").isEmpty();
            }
        };
    }

    private Scene s3(PackedInput input) {
        return (seed, moment) -> {
            try (S3Server server = new S3Server()) {
                Places.Place files = upload(input, server);
                try (StormyS3 storm = new StormyS3(server, seed)) {
                    lives(storm.place(), feed(storm.through(files), input), seed, moment);
                    // what arrives late is nobody's until the next run
                    isWhole(storm.calm(), input);
                }
            }
        };
    }

    private static Places.Place upload(PackedInput input, S3Server server) throws Exception {
        Places.Place place = Places.in(server);
        try (ObjectStore store = place.open();
                Stream<Path> files = Files.list(input.folder())) {
            for (Path file : files.toList()) {
                store.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return place;
    }

    @Test
    void a_life_that_is_not_disturbed_parses_a_file_in_pieces_rolls_within_a_commit_and_sends_parts() throws Exception {
        PackedInput input = input();
        Feed feed = feed(new Places.Place(input.folder().toString(), Map.of()), input);
        Path own = fresh();
        Places.Place place = Places.local(own).next();
        new Life(own, own.resolve("state.db"), place, SyncMode.INCREMENTAL, feed).whole();
        isWhole(place, input);
        for (String moment : List.of(Boundary.FETCHED.name(), Boundary.DECODED.name(), Life.MID_UPLOAD)) {
            Path other = fresh();
            assertThat(new Life(
                                    other,
                                    other.resolve("state.db"),
                                    Places.local(other).next(),
                                    SyncMode.INCREMENTAL,
                                    feed)
                            .until(moment, 8))
                    .as("more than six files' passings of " + moment)
                    .isTrue();
        }
    }

    @Test
    void a_large_file_goes_into_s3_in_several_parts_of_one_upload() throws Exception {
        PackedInput input = input(PackedInput.Shape.LARGE);
        Path own = fresh();
        try (S3Server server = new S3Server()) {
            Feed feed = feed(upload(input, server), input);
            Places.Place table = Places.in(server);
            new Life(own, own.resolve("state.db"), table, SyncMode.INCREMENTAL, feed).whole();
            Path other = fresh();

            assertThat(new Life(other, other.resolve("state.db"), Places.in(server), SyncMode.INCREMENTAL, feed)
                            .until(Life.MID_UPLOAD, LATEST_PASSING))
                    .as("two parts of each of two files")
                    .isTrue();
            isWhole(table, input);
            try (ObjectStore store = table.open()) {
                assertThat(store.list(ListRequest.of("")).objects())
                        .filteredOn(object -> object.path().endsWith(".parquet")
                                && !object.path().startsWith("_delta_log"))
                        .hasSize(input.shape().files());
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> lives_that_die_on_the_way_of_packed_files_into_a_local_table_leave_each_row_once()
            throws Exception {
        return each("local", SEEDS, WAY, local(input()));
    }

    @TestFactory
    Stream<DynamicTest> lives_that_die_on_the_way_of_packed_files_into_a_table_in_a_failing_s3_leave_each_row_once()
            throws Exception {
        return Stream.concat(
                each("s3", SEEDS, List.of(Life.ROLLED), s3(input())),
                each("s3, parts", SEEDS, List.of(Life.MID_UPLOAD), s3(input(PackedInput.Shape.LARGE))));
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> many_more_lives_that_die_on_the_way_of_packed_files_leave_each_row_once_locally()
            throws Exception {
        return each("local", Integer.getInteger("kill.seeds", SWEEP), WAY, local(input()));
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> many_more_lives_that_die_on_the_way_of_packed_files_leave_each_row_once_in_a_failing_s3()
            throws Exception {
        int seeds = Integer.getInteger("kill.seeds", SWEEP);
        return Stream.concat(
                each("s3", seeds, WAY, s3(input())),
                each("s3, parts", seeds, List.of(Life.MID_UPLOAD), s3(input(PackedInput.Shape.LARGE))));
    }
}
