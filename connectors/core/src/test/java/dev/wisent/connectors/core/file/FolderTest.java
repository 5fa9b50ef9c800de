package dev.wisent.connectors.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.core.Configs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    @TempDir
    Path folder;

    Path out;

    @BeforeEach
    void inAFolderThatIsNotThereYet() {
        out = folder.resolve("deep/out");
    }

    @Test
    void rows_are_seen_when_they_are_committed_and_not_before() {
        Run run = Run.in(out).claimed();
        Commit.Data data = run.data(GenerationId.FIRST, "a", "b");
        assertThat(Seen.rows(out)).isEmpty();

        run.expectCommitted(data);

        assertThat(Seen.rows(out)).containsExactly("a", "b");
        assertThat(Seen.names(out)).hasSize(2).anyMatch(name -> name.matches("orders-run\\d+-c1-w0-1\\.ndjson"));
    }

    @Test
    void a_refresh_is_seen_when_it_is_published_and_takes_the_place_of_what_was_there() {
        Run run = Run.in(out).claimed().append("old");
        GenerationId generation = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(generation, "new1"));
        run.expectCommitted(run.data(generation, "new2"));
        assertThat(Seen.rows(out)).containsExactly("old");

        run.publish(generation);

        assertThat(Seen.rows(out)).containsExactly("new1", "new2");
        assertThat(Seen.names(out.resolve(".wisent/parts"))).isEmpty();
        assertThat(run.append("later").destination.progress(Run.ORDERS).live().id())
                .isEqualTo(generation);
        assertThat(Seen.rows(out)).containsExactly("later", "new1", "new2");
    }

    @Test
    void an_appending_generation_joins_what_is_there_when_it_is_published() {
        Run run = Run.in(out).claimed().append("old");
        GenerationId generation = run.begin(Generation.Kind.APPEND);
        run.expectCommitted(run.data(generation, "new"));
        assertThat(Seen.rows(out)).containsExactly("old");

        run.publish(generation);

        assertThat(Seen.rows(out)).containsExactly("new", "old");
    }

    @Test
    void one_object_of_a_store_is_refused_and_a_folder_there_is_not() {
        assertThat(layout("s3://bucket/out/").where()).isEqualTo("s3://bucket/out");
        assertThat(layout("s3://bucket/v1.csv/").where()).isEqualTo("s3://bucket/v1.csv");
        assertThat(layout("file:" + out + "/").where()).isEqualTo(out.toString());
        assertThatThrownBy(() -> layout("s3://bucket/out.csv"))
                .hasMessageContaining("one object can't be added to")
                .hasMessageContaining("slash at its end");
        assertThatThrownBy(() -> layout("ftp://bucket/out/")).hasMessageContaining("names no store");
    }

    @Test
    void a_pattern_names_no_place_to_write_to() {
        for (String pattern : List.of("in/*.ndjson", "s3://bucket/**/")) {
            assertThatThrownBy(() -> layout(pattern)).hasMessageContaining("'" + pattern + "' is a pattern");
        }
    }

    private static Layout layout(String path) {
        return Configs.read(Map.of("path", path), config -> FileOptions.read(config, Configs.destination(1)))
                .layout();
    }

    @Test
    void storage_options_of_a_path_on_disk_are_refused() {
        assertThatThrownBy(() -> Configs.read(
                        Map.of("path", out + "/", "storage_options", Map.of("aws_region", "eu-west-1")),
                        config -> FileOptions.read(config, Configs.destination(1))))
                .hasMessageContaining("names no object store");
    }

    @Test
    void a_dropped_generation_leaves_nothing() {
        Run run = Run.in(out).claimed().append("old");
        GenerationId generation = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(generation, "new"));

        run.expectCommitted(new Commit.Drop(run.next(), generation));

        assertThat(Seen.rows(out)).containsExactly("old");
        assertThat(Seen.names(out.resolve(".wisent/parts"))).isEmpty();
    }

    @Test
    void an_empty_refresh_publishes_an_empty_table() {
        Run run = Run.in(out).claimed().append("old");

        run.publish(run.begin(Generation.Kind.REPLACE));

        assertThat(Seen.rows(out)).isEmpty();
    }

    @Test
    void another_target_gets_a_folder_of_its_own_with_a_harmless_name() {
        Run run = Run.in(out).claimed();
        run.expectCommitted(run.data(GenerationId.FIRST, run.write(new TargetId("../über all"), "x")));
        run.append("y");

        assertThat(Seen.names(out)).hasSize(3).contains("%2E.%2F%C3%BCber%20all");
        assertThat(Seen.rows(out.resolve("%2E.%2F%C3%BCber%20all"))).containsExactly("x");
        assertThat(Seen.rows(out)).containsExactly("x", "y");
    }

    @Test
    void what_a_writer_drops_is_gone_and_the_rest_stays() {
        Run run = Run.in(out).claimed();
        LaneWriter writer = run.open();
        writer.target(Run.TARGET, Run.SCHEMA).write(Run.batch(Run.SCHEMA, "kept"));
        var kept = writer.flush().fragments().join();
        writer.target(Run.TARGET, Run.SCHEMA).write(Run.batch(Run.SCHEMA, "dropped"));
        writer.drop();
        writer.target(Run.TARGET, Run.SCHEMA).write(Run.batch(Run.SCHEMA, "second"));
        var second = writer.flush().fragments().join();
        writer.close();

        assertThat(Seen.names(out.resolve(".wisent/parts"))).hasSize(2);
        run.expectCommitted(run.data(GenerationId.FIRST, List.of(kept.getFirst(), second.getFirst())));
        assertThat(Seen.rows(out)).containsExactly("kept", "second");
    }

    @Test
    void a_part_is_closed_at_the_buffer_size_and_rows_are_never_torn() {
        FileOptions small = new FileOptions(
                new Layout.Folder(out),
                Format.NDJSON,
                Run.options(out, Format.NDJSON, 9).csv(),
                Run.options(out, Format.NDJSON, 9).parquet(),
                1 << 20,
                "test",
                Run.TARGET,
                9);
        Run run = new Run(new FileDestination(small)).claimed();
        String[] rows =
                IntStream.range(0, 3_000).mapToObj(i -> "%01000d".formatted(i)).toArray(String[]::new);

        run.expectCommitted(run.data(GenerationId.FIRST, rows));

        assertThat(Seen.names(out)).hasSizeGreaterThan(3);
        assertThat(Seen.rows(out)).containsExactly(rows);
    }

    @Test
    void csv_parts_have_a_header_each_and_new_columns_begin_a_part() {
        Schema wider = Schema.of(Field.required("v", DataType.STRING), Field.nullable("w", DataType.STRING));
        Run run = Run.in(out, Format.CSV).claimed();
        LaneWriter writer = run.open();
        writer.target(Run.TARGET, Run.SCHEMA).write(Run.batch(Run.SCHEMA, "a"));
        RecordBatch more = Run.batch(wider, "b");
        ((BytesColumn) more.column(1)).truncate(0);
        ((BytesColumn) more.column(1)).append("x,y");
        writer.target(Run.TARGET, wider).write(more);
        run.expectCommitted(
                run.data(GenerationId.FIRST, writer.flush().fragments().join()));

        assertThat(Seen.names(out)).hasSize(3);
        assertThat(Seen.rows(out)).containsExactly("a", "b,\"x,y\"", "v", "v,w");
    }

    @Test
    void a_folder_of_another_pipeline_or_stream_is_refused() {
        Run.in(out).claimed().append("mine");
        FileOptions theirs = new FileOptions(
                new Layout.Folder(out),
                Format.NDJSON,
                Run.options(out, Format.NDJSON, 9).csv(),
                Run.options(out, Format.NDJSON, 9).parquet(),
                9,
                "theirs",
                Run.TARGET,
                9);

        assertThatThrownBy(() -> new FileDestination(theirs).progress(Run.ORDERS))
                .isInstanceOfSatisfying(WisentException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_FOREIGN);
                    assertThat(e.hint()).isNotEmpty();
                });
        assertThatThrownBy(() -> Run.in(out).destination.progress(new dev.wisent.api.StreamId("others")))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("stream 'orders' of pipeline 'test'");
    }

    @Test
    void a_folder_with_files_of_others_is_refused() throws Exception {
        Files.createDirectories(out);
        Files.writeString(out.resolve("theirs.csv"), "x");

        assertThatThrownBy(() -> Run.in(out).destination.check())
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_FOREIGN));
        assertThatThrownBy(() -> Run.in(out).claimed()).isInstanceOf(WisentException.class);
    }

    @Test
    void check_leaves_the_folder_free_for_its_first_pipeline() {
        Run run = Run.in(out);
        run.destination.check();

        assertThat(Seen.names(out.resolve(".wisent"))).containsExactly("parts");
        run.claimed().append("a").destination.check();
        assertThat(Seen.rows(out)).containsExactly("a");
    }
}
