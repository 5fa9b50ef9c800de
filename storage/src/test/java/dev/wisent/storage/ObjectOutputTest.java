package dev.wisent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectOutputTest {
    private static final ObjectOutput.Parts PARTS = new ObjectOutput.Parts(1000, 500, 3);

    @TempDir
    private Path folder;

    private ObjectStore store;

    @BeforeEach
    void open() {
        store = Stores.local().open(folder.toString(), Map.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 499, 500, 999, 1000, 1001, 2000, 10_007})
    void what_is_written_is_what_the_object_holds(int length) throws IOException {
        byte[] content = new byte[length];
        Random random = new Random(length);
        random.nextBytes(content);
        try (ObjectOutput output = new ObjectOutput(store, "a/object", PARTS)) {
            int at = 0;
            while (at < length) {
                int some = Math.min(length - at, 1 + random.nextInt(700));
                output.write(content, at, some);
                at += some;
            }
            assertThat(store.find("a/object")).isEmpty();

            ObjectInfo made = output.finish();

            assertThat(made.size()).isEqualTo(length);
        }
        try (ObjectContent read = store.get(GetRequest.of("a/object"))) {
            assertThat(read.stream().readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void an_output_that_is_closed_unfinished_leaves_nothing() {
        try (ObjectOutput output = new ObjectOutput(store, "object", PARTS)) {
            output.write(new byte[5000], 0, 5000);
        }

        assertThat(store.list(ListRequest.of("")).objects()).isEmpty();
        assertThat(store.pendingUploads("")).isEmpty();
    }

    @Test
    void parts_that_were_not_all_sent_make_no_object() {
        try (var upload = store.upload("object", 10)) {
            upload.part(1, ByteBuffer.wrap(new byte[10]));
            upload.part(3, ByteBuffer.wrap(new byte[10]));

            assertThatThrownBy(upload::complete).hasMessageContaining("part 2 of 2 was not sent");
        }
        assertThat(store.find("object")).isEmpty();
    }

    @Test
    void a_part_shorter_than_the_others_can_only_be_the_last() {
        try (var upload = store.upload("object", 10)) {
            upload.part(1, ByteBuffer.wrap(new byte[9]));
            upload.part(2, ByteBuffer.wrap(new byte[10]));

            assertThatThrownBy(upload::complete).hasMessageContaining("part 1 of 2 has 9 bytes");
        }
    }
}
