package dev.wisent.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.storage.ByteRange;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ObjectStore] does. A store's test extends it and says how one is opened.
public abstract class ObjectStoreContract {
    /// S3 takes no smaller part but the last.
    private static final int PART = 5 << 20;

    private ObjectStore store;

    /// Opens a store at a place that is empty at the beginning of each test.
    protected abstract ObjectStore open();

    /// How often many create one object at a time. A store that only looks before it writes loses a race now and then.
    protected int races() {
        return 5;
    }

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    @Test
    void lists_more_keys_than_a_page_holds_in_order_and_each_once() throws Exception {
        List<String> paths = IntStream.range(0, 1050)
                .mapToObj(i -> "%04d/part-%d".formatted(i * 7919 % 1050, i))
                .sorted()
                .toList();
        inParallel(paths.stream().map(path -> task(() -> put(path, path))).toList());

        assertThat(paths(ListRequest.of(""))).isEqualTo(paths);
        assertThat(paths(ListRequest.of("").limitedTo(100))).isEqualTo(paths);
        assertThat(store.list(ListRequest.of("").limitedTo(100)).objects()).hasSizeLessThanOrEqualTo(100);
        assertThat(paths(ListRequest.of("").startingAfter(paths.get(1000)).limitedTo(7)))
                .isEqualTo(paths.subList(1001, 1050));
    }

    @Test
    void a_prefix_is_any_beginning_of_a_path() {
        for (String path : List.of("a/b/c/1", "a/b/c/2", "a/b/d", "a/bc", "a.b", "b/a/b", "part-1", "part-2", "part")) {
            put(path, path);
        }

        assertThat(paths(ListRequest.of("a/b"))).containsExactly("a/b/c/1", "a/b/c/2", "a/b/d", "a/bc");
        assertThat(paths(ListRequest.of("a/b/"))).containsExactly("a/b/c/1", "a/b/c/2", "a/b/d");
        assertThat(paths(ListRequest.of("part-"))).containsExactly("part-1", "part-2");
        assertThat(paths(ListRequest.of("nothing/here"))).isEmpty();
        assertThat(paths(ListRequest.of("")))
                .containsExactly("a.b", "a/b/c/1", "a/b/c/2", "a/b/d", "a/bc", "b/a/b", "part", "part-1", "part-2");
    }

    @Test
    void a_listing_starts_after_a_path_whether_it_exists_or_not() {
        for (String path : List.of("log/00", "log/01", "log/02", "log/03", "zoo")) {
            put(path, path);
        }

        assertThat(paths(ListRequest.of("log/").startingAfter("log/01"))).containsExactly("log/02", "log/03");
        assertThat(paths(ListRequest.of("log/").startingAfter("log/011"))).containsExactly("log/02", "log/03");
        assertThat(paths(ListRequest.of("log/").startingAfter("a"))).hasSize(4);
        assertThat(paths(ListRequest.of("log/").startingAfter("log/03"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space/and more.json",
                "100%/a%20b.json",
                "a+b=c&d.json",
                "year=2026/month=11/part.json",
                "grün/日本語/😀.json",
                "quote'and\"double.json",
                "[brackets]{braces}(parens)!~@$^,;.json",
                "question?mark#hash.json",
                "deep/er/and/deep/er/and/deep/er/still.json"
            })
    void a_path_of_any_characters_is_listed_as_it_was_put(String path) throws IOException {
        ObjectInfo written = put(path, "content of " + path);

        List<ObjectInfo> listed = list(ListRequest.of(path.substring(0, path.indexOf('.'))));

        assertThat(listed).extracting(ObjectInfo::path).containsExactly(path);
        assertThat(read(GetRequest.of(listed.getFirst()))).isEqualTo("content of " + path);
        assertThat(listed.getFirst().version()).isEqualTo(written.version());
        assertThat(store.find(path)).map(ObjectInfo::version).contains(written.version());
        store.delete(path);
        assertThat(store.find(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"copies/of it", "100%/a+b=c.json", "grün/😀.json"})
    void a_copy_has_all_bytes_and_replaces_what_was_there(String to) throws IOException {
        byte[] large = new byte[PART + 17];
        new Random(5).nextBytes(large);
        store.put("from/a b+c%20", ByteBuffer.wrap(large));
        put(to, "older");

        store.copy("from/a b+c%20", to);

        try (ObjectContent content = store.get(GetRequest.of(to))) {
            assertThat(content.stream().readAllBytes()).isEqualTo(large);
        }
        assertThat(store.find("from/a b+c%20")).map(ObjectInfo::size).contains((long) large.length);
    }

    @Test
    void copying_what_is_not_there_is_told_and_changes_nothing() throws IOException {
        put("to", "as it was");

        assertThatThrownBy(() -> store.copy("from", "to"))
                .isInstanceOfSatisfying(
                        StorageFailure.class, e -> assertThat(e.kind()).isEqualTo(StorageFailure.Kind.NOT_FOUND));
        assertThat(read(GetRequest.of("to"))).isEqualTo("as it was");
    }

    @Test
    void an_object_is_read_as_a_whole_or_in_ranges() throws IOException {
        put("digits", "0123456789");

        assertThat(read(GetRequest.of("digits"))).isEqualTo("0123456789");
        assertThat(read(GetRequest.of("digits").only(ByteRange.from(7)))).isEqualTo("789");
        assertThat(read(GetRequest.of("digits").only(ByteRange.of(0, 1)))).isEqualTo("0");
        assertThat(read(GetRequest.of("digits").only(ByteRange.of(3, 4)))).isEqualTo("3456");
        assertThat(read(GetRequest.of("digits").only(ByteRange.of(8, 100)))).isEqualTo("89");
        assertThat(read(GetRequest.of("digits").only(ByteRange.from(10)))).isEmpty();
        assertThat(read(GetRequest.of("digits").only(ByteRange.of(1000, 5)))).isEmpty();
        try (ObjectContent part = store.get(GetRequest.of("digits").only(ByteRange.of(3, 4)))) {
            assertThat(part.info().size()).isEqualTo(10);
            assertThat(part.info().version())
                    .isEqualTo(store.find("digits").orElseThrow().version());
        }
    }

    @Test
    void a_version_that_was_replaced_is_refused() throws IOException {
        ObjectInfo first = put("object", "first");
        assertThat(read(GetRequest.of(first))).isEqualTo("first");

        ObjectInfo second = put("object", "other");

        assertThat(second.version()).isNotEqualTo(first.version());
        assertThat(fails(() -> store.get(GetRequest.of(first)))).isEqualTo(StorageFailure.Kind.CHANGED);
        assertThat(fails(() -> store.get(GetRequest.of(first).only(ByteRange.of(1, 2)))))
                .isEqualTo(StorageFailure.Kind.CHANGED);
        assertThat(read(GetRequest.of(second))).isEqualTo("other");
    }

    @Test
    void an_empty_object_is_an_object() throws IOException {
        ObjectInfo empty = put("empty", "");

        assertThat(empty.size()).isZero();
        assertThat(list(ListRequest.of(""))).extracting(ObjectInfo::size).containsExactly(0L);
        assertThat(read(GetRequest.of(empty))).isEmpty();
    }

    @Test
    void a_large_object_reads_as_it_was_put_and_may_be_left_half_read() throws IOException {
        byte[] content = random(3 * PART);
        store.put("large", ByteBuffer.wrap(content));

        try (ObjectContent half = store.get(GetRequest.of("large"))) {
            assertThat(half.stream().readNBytes(PART)).isEqualTo(Arrays.copyOf(content, PART));
        }
        assertThat(bytes(GetRequest.of("large"))).isEqualTo(content);
    }

    @Test
    void an_upload_in_parts_is_invisible_until_it_is_complete() throws Exception {
        byte[] content = random(2 * PART + 1000);
        put("big", "what was there before");
        try (Upload upload = store.upload("big", PART)) {
            inParallel(List.of(
                    task(() -> upload.part(3, ByteBuffer.wrap(content, 2 * PART, 1000))),
                    task(() -> upload.part(1, ByteBuffer.wrap(content, 0, PART))),
                    task(() -> upload.part(2, ByteBuffer.wrap(content, PART, PART)))));
            upload.part(3, ByteBuffer.wrap(content, 2 * PART, 1000));
            assertThat(read(GetRequest.of("big"))).isEqualTo("what was there before");

            ObjectInfo made = upload.complete();

            assertThat(made.size()).isEqualTo(content.length);
            assertThat(store.find("big")).map(ObjectInfo::version).contains(made.version());
        }
        assertThat(bytes(GetRequest.of("big"))).isEqualTo(content);
        assertThat(store.pendingUploads("")).isEmpty();
    }

    @Test
    void an_upload_that_is_dropped_leaves_nothing() {
        try (Upload upload = store.upload("big", PART)) {
            upload.part(1, ByteBuffer.wrap(random(PART)));
            upload.part(2, ByteBuffer.wrap(random(PART)));
            upload.part(3, ByteBuffer.wrap(random(10)));
        }

        assertThat(store.find("big")).isEmpty();
        assertThat(list(ListRequest.of(""))).isEmpty();
        assertThat(store.pendingUploads("")).isEmpty();
    }

    @Test
    void an_upload_nobody_ended_is_not_listed_and_can_be_aborted() {
        Upload forgotten = store.upload("runs/7/big", PART);
        forgotten.part(1, ByteBuffer.wrap(random(PART)));

        assertThat(list(ListRequest.of(""))).isEmpty();
        store.pendingUploads("runs/").forEach(pending -> {
            assertThat(pending.path()).isEqualTo("runs/7/big");
            store.abort(pending);
            store.abort(pending);
        });
        assertThat(store.pendingUploads("")).isEmpty();
        assertThat(store.find("runs/7/big")).isEmpty();
    }

    @Test
    void of_sixteen_that_create_one_object_exactly_one_wins() throws Exception {
        for (int round = 0; round < races(); round++) {
            String path = "log/%020d.json".formatted(round);
            List<PutOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());
            List<String> winners = Collections.synchronizedList(new ArrayList<>());
            inParallel(IntStream.range(0, 16)
                    .mapToObj(i -> task(() -> {
                        PutOutcome outcome = store.createIfAbsent(path, utf8("writer " + i));
                        outcomes.add(outcome);
                        if (outcome instanceof PutOutcome.Stored) {
                            winners.add("writer " + i);
                        }
                    }))
                    .toList());

            assertThat(winners).as("winners of %s", path).hasSize(1);
            assertThat(outcomes).filteredOn(PutOutcome.Exists.class::isInstance).hasSize(15);
            assertThat(read(GetRequest.of(path))).isEqualTo(winners.getFirst());
        }
    }

    @Test
    void creating_what_is_there_changes_nothing() throws IOException {
        ObjectInfo there = put("object", "there");

        assertThat(store.createIfAbsent("object", utf8("other"))).isEqualTo(new PutOutcome.Exists());

        assertThat(read(GetRequest.of(there))).isEqualTo("there");
        store.delete("object");
        assertThat(store.createIfAbsent("object", utf8("other")))
                .isInstanceOfSatisfying(
                        PutOutcome.Stored.class,
                        stored -> assertThat(store.find("object"))
                                .map(ObjectInfo::version)
                                .contains(stored.object().version()));
    }

    @Test
    void deleting_twice_is_fine() {
        put("a/object", "x");
        put("a/other", "y");

        store.delete("a/object");
        store.delete("a/object");
        store.delete("never/was");

        assertThat(paths(ListRequest.of(""))).containsExactly("a/other");
    }

    @Test
    void what_is_not_there_is_told_by_name() {
        put("folder/object", "x");

        assertThat(store.find("folder")).isEmpty();
        assertThat(store.find("folder/object/below")).isEmpty();
        assertThat(fails(() -> store.get(GetRequest.of("nothing")))).isEqualTo(StorageFailure.Kind.NOT_FOUND);
        assertThatThrownBy(() -> store.get(GetRequest.of("nothing")))
                .isInstanceOfSatisfying(
                        StorageFailure.class, f -> assertThat(f.where()).endsWith("/nothing"));
    }

    // helpers

    protected static StorageFailure.Kind fails(Callable<?> call) {
        try {
            throw new AssertionError("a failure of the store was expected, not " + call.call());
        } catch (StorageFailure failure) {
            return failure.kind();
        } catch (Exception other) {
            throw new AssertionError("not a failure of the store", other);
        }
    }

    protected final ObjectStore store() {
        return store;
    }

    protected final ObjectInfo put(String path, String content) {
        return store.put(path, utf8(content));
    }

    protected final String read(GetRequest request) throws IOException {
        return new String(bytes(request), StandardCharsets.UTF_8);
    }

    private byte[] bytes(GetRequest request) throws IOException {
        try (ObjectContent content = store.get(request)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            content.stream().transferTo(bytes);
            return bytes.toByteArray();
        }
    }

    protected final List<String> paths(ListRequest request) {
        return list(request).stream().map(ObjectInfo::path).toList();
    }

    private List<ObjectInfo> list(ListRequest request) {
        List<ObjectInfo> all = new ArrayList<>();
        Optional<ListRequest> next = Optional.of(request);
        while (next.isPresent()) {
            ListPage page = store.list(next.get());
            all.addAll(page.objects());
            next = page.next();
        }
        return all;
    }

    protected static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Always the same bytes for a length.
    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Callable<Boolean> task(Runnable work) {
        return () -> {
            work.run();
            return true;
        };
    }

    /// Sixteen at a time.
    private static void inParallel(List<Callable<Boolean>> tasks) throws Exception {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(16, Thread.ofVirtual().factory())) {
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
    }
}
