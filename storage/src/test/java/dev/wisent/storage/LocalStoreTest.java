package dev.wisent.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.testkit.ObjectStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStoreTest extends ObjectStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected ObjectStore open() {
        return Stores.local().open(folder.resolve("store").toString(), Map.of());
    }

    @Override
    protected int races() {
        return 100;
    }

    @Test
    void reading_makes_no_folder() {
        assertThat(paths(ListRequest.of(""))).isEmpty();
        assertThat(store().find("a")).isEmpty();

        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../outside", "a/../../outside", "a//b", "./a", "a/", ".wisent-tmp-x"})
    void a_path_that_leads_elsewhere_is_refused(String path) {
        assertThat(fails(() -> store().put(path, utf8("x")))).isEqualTo(StorageFailure.Kind.REFUSED);
        assertThat(fails(() -> store().find(path))).isEqualTo(StorageFailure.Kind.REFUSED);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void paths_are_in_the_order_of_their_utf_8_bytes() {
        List<String> ordered = List.of("A", "a", "a-b", "a/b", "a0", "é", "\uff5e", "😀");
        ordered.reversed().forEach(path -> {
            if (!path.equals("a")) {
                put(path, path);
            }
        });

        assertThat(paths(ListRequest.of("").limitedTo(2)))
                .isEqualTo(ordered.stream().filter(path -> !path.equals("a")).toList());
    }

    @Test
    void links_are_followed_but_not_in_circles() throws IOException {
        put("real/file", "x");
        Files.createSymbolicLink(folder.resolve("store/link"), folder.resolve("store/real"));
        Files.createSymbolicLink(folder.resolve("store/real/circle"), folder.resolve("store/real"));
        Files.createSymbolicLink(folder.resolve("store/dangling"), folder.resolve("nowhere"));

        assertThat(paths(ListRequest.of(""))).containsExactly("link/file", "real/file");
        assertThat(read(GetRequest.of("link/file"))).isEqualTo("x");
    }

    @Test
    void what_a_killed_writer_left_is_an_unfinished_upload() throws IOException {
        put("a/file", "x");
        Files.writeString(
                folder.resolve("store/a/.wisent-tmp-0b0c3f62-9c0e-4a8c-8f0a-2f2a2d5f9c11-part-1.parquet"), "half");

        assertThat(paths(ListRequest.of(""))).containsExactly("a/file");
        assertThat(store().pendingUploads("a/"))
                .hasSize(1)
                .allSatisfy(pending -> assertThat(pending.path()).isEqualTo("a/part-1.parquet"))
                .allSatisfy(pending -> store().abort(pending));
        assertThat(folder.resolve("store/a")).isDirectoryContaining(file -> file.endsWith("file"));
        assertThat(store().pendingUploads("")).isEmpty();
    }
}
