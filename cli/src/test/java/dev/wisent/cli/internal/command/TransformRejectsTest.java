package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.cli.internal.config.Connectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Records that a transform can't process, by what `error_handling` says of bad records.
class TransformRejectsTest {
    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void input() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(
                folder.resolve("in/a.ndjson"),
                "{\"id\":\"1\",\"n\":1}\n\n{\"id\":\"two\",\"n\":2}\n{\"id\":\"3\",\"n\":3}\n");
        Files.writeString(folder.resolve("in/b.ndjson"), "{\"id\":\"4\",\"n\":4}\n");
        terminal = new Terminal(folder, Connectors.installed());
    }

    private void pipeline(String onBadRecord) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source:
                  name: files
                  stream: things
                  path: "%1$s/in/*.ndjson"
                  schema: {fields: [{name: id, type: string}, {name: n, type: int64}]}
                destination: {name: file, config: {path: "%1$s/out"}}
                engine: {backend: {type: sqlite, config: {database: "%1$s/state.db"}}}
                error_handling: {on_bad_record: %2$s, dlq_path: "%1$s/rejects"}
                transforms:
                  - {label: names, rename: {id: key}}
                  - {label: whole, cast: {key: int64}}
                """.formatted(folder, onBadRecord));
    }

    @Test
    void kept_aside_they_say_which_step_and_are_as_they_were_read() throws IOException {
        pipeline("reject");
        assertThat(terminal.run("run", "p.yml")).isZero();
        assertThat(rows())
                .containsExactlyInAnyOrder("{\"key\":1,\"n\":1}", "{\"key\":3,\"n\":3}", "{\"key\":4,\"n\":4}");

        assertThat(terminal.run("rejects", "list", "p.yml", "--json")).isZero();
        JsonNode rejects = JsonMapper.shared().readTree(terminal.out()).path("rejects");
        assertThat(rejects).hasSize(1);
        JsonNode reject = rejects.get(0);
        assertThat(reject.path("where").asString()).isEqualTo("a.ndjson");
        assertThat(reject.path("ordinal").asInt()).isEqualTo(1);
        assertThat(reject.path("line").asInt()).isEqualTo(3);
        assertThat(reject.path("byte_offset").asInt()).isEqualTo("{'id':'1','n':1}\n\n".length());
        assertThat(reject.path("stage").asString()).isEqualTo("transform");
        assertThat(reject.path("message").asString())
                .isEqualTo("transform 'whole': column 'key' is int64 and can't hold \"two\"");
        assertThat(new String(
                        Base64.getDecoder().decode(reject.path("raw_base64").asString()), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"two\",\"n\":2}");
    }

    @Test
    void refused_again_on_a_replay_they_name_where_they_were_read_first() throws IOException {
        pipeline("reject");
        assertThat(terminal.run("run", "p.yml")).isZero();
        assertThat(terminal.run("rejects", "list", "p.yml", "--json")).isZero();
        JsonNode before =
                JsonMapper.shared().readTree(terminal.out()).path("rejects").get(0);

        assertThat(terminal.run("rejects", "replay", "p.yml")).isZero();

        assertThat(terminal.run("rejects", "list", "p.yml", "--json")).isZero();
        JsonNode again =
                JsonMapper.shared().readTree(terminal.out()).path("rejects").get(0);
        assertThat(again.path("id")).isNotEqualTo(before.path("id"));
        for (String part : List.of("where", "ordinal", "line", "byte_offset", "message", "raw_base64")) {
            assertThat(again.path(part)).as(part).isEqualTo(before.path(part));
        }
    }

    @Test
    void when_they_are_to_fail_the_run_it_says_where_and_writes_nothing() throws IOException {
        pipeline("fail");
        assertThat(terminal.run("run", "p.yml")).isEqualTo(1);
        assertThat(terminal.err()).contains("transform 'whole': column 'key' is int64", "a.ndjson, line 3, byte 18");
        assertThat(rows()).doesNotContain("{\"key\":1,\"n\":1}");
    }

    @Test
    void when_they_are_to_skip_the_file_none_of_its_records_is_written() throws IOException {
        pipeline("skip_file");
        assertThat(terminal.run("run", "p.yml")).isZero();
        assertThat(rows()).containsExactly("{\"key\":4,\"n\":4}");
        assertThat(terminal.run("rejects", "list", "p.yml", "--json")).isZero();
        JsonNode rejects = JsonMapper.shared().readTree(terminal.out()).path("rejects");
        assertThat(rejects).hasSize(1);
        assertThat(rejects.get(0).path("where").asString()).isEqualTo("a.ndjson, line 3, byte 18");
    }

    private List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(file));
            }
        }
        return rows;
    }
}
