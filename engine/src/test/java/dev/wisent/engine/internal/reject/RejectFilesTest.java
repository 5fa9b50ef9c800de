package dev.wisent.engine.internal.reject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.LaneId;
import dev.wisent.api.Reject;
import dev.wisent.api.RejectFile;
import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RejectFilesTest {
    @TempDir
    Path folder;

    private RejectFiles files() {
        return files("s");
    }

    private RejectFiles files(String stream) {
        return new RejectFiles(folder.resolve("rejects"), new RunId("run"), new StreamId(stream), LaneId.FIRST, 3);
    }

    private static Reject reject(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        return new Reject(
                1,
                Reject.Stage.PARSE,
                "a.ndjson",
                4,
                OptionalLong.of(5),
                OptionalLong.of(99),
                bytes,
                bytes.length,
                "W2001",
                "no");
    }

    @Test
    void a_sealed_file_holds_every_reject_with_its_bytes_and_place() throws Exception {
        RejectFiles files = files();
        files.add(reject("{\"a\":\n\"\\\""));
        files.add(reject("second"));
        RejectFile sealed = files.seal().orElseThrow();
        assertThat(sealed.count()).isEqualTo(2);
        JsonNode first = JsonMapper.shared()
                .readTree(Files.readAllLines(Path.of(sealed.path())).getFirst());
        assertThat(first.get("line").intValue()).isEqualTo(5);
        assertThat(first.get("raw_base64").stringValue()).isEqualTo("eyJhIjoKIlwi");
    }

    @Test
    void what_is_discarded_leaves_no_file_and_nothing_is_sealed_without_rejects() throws Exception {
        RejectFiles files = files();
        assertThat(files.seal()).isEqualTo(Optional.empty());
        files.add(reject("x"));
        files.discard();
        assertThat(files.seal()).isEqualTo(Optional.empty());
        try (var left = Files.list(folder.resolve("rejects"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void streams_of_one_run_have_files_of_their_own() {
        RejectFiles orders = files("orders");
        RejectFiles items = files("items");
        orders.add(reject("x"));
        items.add(reject("y"));

        assertThat(orders.seal()).isNotEqualTo(items.seal());
    }

    @Test
    void each_seal_makes_a_file_of_its_own() {
        RejectFiles files = files();
        files.add(reject("x"));
        Optional<RejectFile> first = files.seal();
        files.add(reject("y"));
        assertThat(files.seal()).isNotEqualTo(first);
    }
}
