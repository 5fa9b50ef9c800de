package dev.wisent.connectors.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Reject;
import dev.wisent.api.SplitId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.core.Configs;
import dev.wisent.connectors.core.Read;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanningTest {
    private static final Map<String, ?> PLAIN = Map.of("schema", Inputs.SCHEMA);

    @TempDir
    Path folder;

    @Test
    void a_second_run_reads_only_what_is_new_even_if_it_is_older_and_sorts_first() {
        row("b.ndjson", 1);
        Read first = read(PLAIN, Map.of());
        Inputs.touch(row("a.ndjson", 2), Instant.EPOCH);
        Read second = read(PLAIN, first.progress);
        Read third = read(PLAIN, second.progress);

        assertThat(first.rows).containsExactly("{\"id\":1}");
        assertThat(second.rows).containsExactly("{\"id\":2}");
        assertThat(third.rows).isEmpty();
    }

    @Test
    void a_full_refresh_reads_everything_that_its_generation_does_not_hold() {
        row("a.ndjson", 1);
        row("b.ndjson", 2);
        Read all = Read.all(source(PLAIN), SyncMode.FULL_REFRESH);
        SplitId first = all.splits.getFirst().id();

        Read resumed = Read.all(source(PLAIN), SyncMode.FULL_REFRESH, Map.of(first, all.progress.get(first)));

        assertThat(all.rows).hasSize(2);
        assertThat(resumed.rows).containsExactly("{\"id\":2}");
        assertThat(resumed.splits).as("what is finished is named too").isEqualTo(all.splits);
    }

    @Test
    void a_rewritten_file_is_an_error_or_read_once_more_or_left_out() {
        row("a.ndjson", 1);
        Map<SplitId, SplitView> before = read(PLAIN, Map.of()).progress;
        row("a.ndjson", 10);

        assertThatThrownBy(() -> read(PLAIN, before)).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.REWRITTEN_FILE);
            assertThat(e.where()).endsWith("a.ndjson");
            assertThat(e.hint()).contains("on_rewrite");
        });
        assertThat(read(with("on_rewrite", "ignore"), before).rows).isEmpty();
        Read again = read(with("on_rewrite", "append"), before);
        assertThat(again.rows).containsExactly("{\"id\":10}");
        assertThat(read(with("on_rewrite", "append"), again.progress).rows).isEmpty();
    }

    @Test
    void a_moved_folder_is_not_read_again() throws Exception {
        row("in/a.ndjson", 1);
        Map<SplitId, SplitView> before =
                Read.all(Inputs.source(folder.resolve("in"), "*.ndjson", PLAIN), SyncMode.INCREMENTAL).progress;
        Files.move(folder.resolve("in"), folder.resolve("moved"));

        assertThat(Read.all(Inputs.source(folder.resolve("moved"), "*.ndjson", PLAIN), SyncMode.INCREMENTAL, before)
                        .rows)
                .isEmpty();
    }

    @Test
    void patterns_match_as_documented_and_hidden_names_only_when_spelled() {
        for (String name : List.of(
                "a.csv",
                "b.csv.gz",
                "c.txt",
                ".h.csv",
                "_t.csv",
                "x/d.csv",
                "x/y/e.csv",
                ".git/f.csv",
                "x/_tmp/g.csv")) {
            row(name, 1);
        }

        assertThat(names("*.csv")).containsExactly("a.csv");
        assertThat(names("*.csv*")).containsExactly("a.csv", "b.csv.gz");
        assertThat(names("**/*.csv")).containsExactly("a.csv", "x/d.csv", "x/y/e.csv");
        assertThat(names("**")).containsExactly("a.csv", "b.csv.gz", "c.txt", "x/d.csv", "x/y/e.csv");
        assertThat(names("{a,c}.{csv,txt}")).containsExactly("a.csv", "c.txt");
        assertThat(names("[!b-z]*")).containsExactly("a.csv");
        assertThat(names("?.txt")).containsExactly("c.txt");
        assertThat(names("{_*,.*}.csv")).containsExactly(".h.csv", "_t.csv");
        assertThat(names("x/*/*.csv")).containsExactly("y/e.csv");
        assertThat(names("x/_tmp/*.csv")).containsExactly("g.csv");
        assertThat(names("a.csv")).containsExactly("a.csv");
        assertThat(names("x")).containsExactly("d.csv", "y/e.csv");
    }

    @Test
    void a_file_url_names_what_its_path_names_and_other_urls_are_told() {
        row("a.ndjson", 1);
        Map<SplitId, SplitView> before = read(PLAIN, Map.of()).progress;

        assertThat(Read.all(at("file://" + folder + "/*.ndjson", Map.of()), SyncMode.INCREMENTAL, before).splits)
                .isEmpty();
        assertThat(Read.all(at("file:" + folder + "/a.ndjson", Map.of()), SyncMode.INCREMENTAL).rows)
                .hasSize(1);
        assertThatThrownBy(() -> at("ftp://host/a", Map.of())).hasMessageContaining("names no store");
        assertThatThrownBy(() -> at("s3://bucket/{a", Map.of())).hasMessageContaining("'{' without '}'");
        assertThatThrownBy(() -> at(folder + "/*", Map.of("storage_options", Map.of("aws_region", "x"))))
                .hasMessageContaining("is for object stores");
    }

    private static Source at(String path, Map<String, ?> keys) {
        Map<String, Object> all = new HashMap<>(keys);
        all.put("path", path);
        all.put("schema", Inputs.SCHEMA);
        return Configs.read(all, config -> new FilesFactory().create(config, Configs.source("rows", Optional.empty())));
    }

    @Test
    void patterns_that_make_no_sense_are_told_before_anything_is_read() {
        assertThatThrownBy(() -> Inputs.source(folder, "{a,b", Map.of())).hasMessageContaining("'{' without '}'");
        assertThatThrownBy(() -> Inputs.source(folder, "[a", Map.of())).hasMessageContaining("'[' without ']'");
    }

    @Test
    void a_listing_of_many_files_comes_in_pages_sorted_by_name() {
        for (int i = 0; i < 2_500; i++) {
            Inputs.write(folder.resolve("%05d.ndjson".formatted(i)), "");
        }
        Source source = source(PLAIN);
        List<String> labels = new ArrayList<>();
        List<Integer> pages = new ArrayList<>();
        try (Planner planner =
                source.plan(Read.request(source.streams().getFirst().id(), SyncMode.INCREMENTAL, Map.of()))) {
            while (planner.next(Duration.ZERO) instanceof PlanPage.Splits page) {
                pages.add(page.splits().size());
                page.splits().forEach(split -> labels.add(split.label()));
            }
        }

        assertThat(pages).containsExactly(1_000, 1_000, 500);
        assertThat(labels).isSorted().hasSize(2_500);
    }

    @Test
    void in_stream_mode_new_files_are_found_at_the_next_poll() {
        row("a.ndjson", 1);
        Source source = source(with("poll_interval", "0.02"));
        try (Planner planner =
                source.plan(Read.request(source.streams().getFirst().id(), SyncMode.STREAM, Map.of()))) {
            assertThat(labels(planner.next(Duration.ZERO))).containsExactly("a.ndjson");
            assertThat(planner.next(Duration.ZERO)).isInstanceOf(PlanPage.NothingNew.class);
            row("b.ndjson", 2);
            PlanPage page = planner.next(Duration.ofSeconds(5));
            while (page instanceof PlanPage.NothingNew) {
                page = planner.next(Duration.ofSeconds(5));
            }
            assertThat(labels(page)).containsExactly("b.ndjson");
        }
    }

    @Test
    void an_empty_listing_is_an_empty_table_with_a_warning_and_a_missing_folder_an_error() {
        Read read = read(PLAIN, Map.of());

        assertThat(read.rows).isEmpty();
        assertThat(read.warnings).singleElement().asString().contains("no file matches");
        assertThatThrownBy(() -> Inputs.source(folder.resolve("missing"), "*.ndjson", PLAIN)
                        .check())
                .isInstanceOfSatisfying(WisentException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_CONNECTION);
                    assertThat(e.hint()).isNotEmpty();
                });
    }

    @Test
    void a_file_that_changes_or_vanishes_while_it_is_read_is_left_out() throws Exception {
        for (String how : Set.of("grows", "vanishes", "is touched")) {
            Path file = Inputs.write(folder.resolve("in.ndjson"), "{\"id\":1}\n".repeat(100_000));
            Source source = source(PLAIN);
            Split split = Read.all(source, SyncMode.INCREMENTAL).splits.getFirst();
            try (SplitReader reader =
                    source.reader(new ReaderContext(source.streams().getFirst().id()))) {
                reader.add(split, dev.wisent.api.Position.START);
                reader.poll(Duration.ZERO);
                switch (how) {
                    case "grows" -> Files.writeString(file, "{\"id\":2}\n", java.nio.file.StandardOpenOption.APPEND);
                    case "vanishes" -> Files.delete(file);
                    default -> Inputs.touch(file, Instant.EPOCH);
                }
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 100; i++) {
                                reader.poll(Duration.ZERO);
                            }
                        })
                        .as(how)
                        .isInstanceOfSatisfying(
                                dev.wisent.api.error.SplitFailure.class,
                                e -> assertThat(e.stage()).isEqualTo(Reject.Stage.DOWNLOAD));
            }
        }
    }

    @Test
    void behind_the_late_horizon_files_are_forgotten_and_late_ones_told_but_never_read_twice() throws Exception {
        Map<String, ?> keys = with("late_horizon", "1d");
        Instant now = Instant.parse("2026-03-10T00:00:00Z");
        Inputs.touch(row("old.ndjson", 1), now.minus(Duration.ofDays(9)));
        Inputs.touch(row("stays.ndjson", 2), now.minus(Duration.ofDays(8)));
        Inputs.touch(row("new.ndjson", 3), now);
        Read first = read(keys, Map.of());
        Read marks = read(keys, first.progress);
        Files.move(folder.resolve("old.ndjson"), folder.resolve("old.moved"));
        Read forgets = read(keys, marks.progress);
        Files.move(folder.resolve("old.moved"), folder.resolve("old.ndjson"));
        Inputs.touch(row("late.ndjson", 4), now.minus(Duration.ofDays(3)));
        Inputs.touch(row("in-time.ndjson", 5), now.minus(Duration.ofHours(3)));
        Read last = read(keys, forgets.progress);

        assertThat(first.rows).hasSize(3);
        assertThat(marks.rows).isEmpty();
        assertThat(marks.splits)
                .singleElement()
                .satisfies(split -> assertThat(Horizon.isMark(split.id())).isTrue());
        assertThat(forgets.forgotten).hasSize(1);
        assertThat(last.rows).containsExactly("{\"id\":5}");
        assertThat(last.warnings)
                .hasSize(2)
                .anyMatch(w -> w.contains("late.ndjson"))
                .anyMatch(w -> w.contains("old.ndjson"));
    }

    @Test
    void an_interrupted_first_run_is_finished_whatever_the_late_horizon() {
        Map<String, ?> keys = with("late_horizon", "1d");
        Inputs.touch(row("z-old.ndjson", 1), Instant.EPOCH);
        row("a-new.ndjson", 2);
        Read whole = read(keys, Map.of());
        SplitId newer = whole.splits.getFirst().id();

        Read second = read(keys, Map.of(newer, whole.progress.get(newer)));

        assertThat(second.rows).containsExactly("{\"id\":1}");
        assertThat(second.warnings).isEmpty();
        // No mark above what is still unread: this run may be interrupted too.
        assertThat(second.splits.stream().map(Split::label)).containsExactly("z-old.ndjson");
    }

    @Test
    void a_schema_is_inferred_from_old_and_new_files_and_grows_with_the_rows() {
        Inputs.write(folder.resolve("a.ndjson"), "{\"id\":1}\n");
        Inputs.write(folder.resolve("b.ndjson"), Inputs.gzip("{\"id\":2,\"when\":\"2026-01-02T03:04:05Z\"}\n"));
        Inputs.write(folder.resolve("c.ndjson"), Inputs.cut(Inputs.gzip("{\"id\":3}\n"), 3));

        Read read = read(Map.of(), Map.of());

        assertThat(read.schema.fields().stream()
                        .map(f -> f.name() + " " + f.type().text()))
                .containsExactly("id int64", "when timestamp");
        assertThat(read.rows).hasSize(2);
        assertThat(read.failures).hasSize(1);
    }

    @Test
    void within_a_file_reading_goes_on_at_any_committed_place() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 400_000; i++) {
            lines.append("{\"id\":")
                    .append(i)
                    .append(",\"v\":\"")
                    .append("x".repeat(i % 50))
                    .append("\"}\n");
        }
        Inputs.write(folder.resolve("plain.ndjson"), lines.toString());
        Inputs.write(folder.resolve("packed.ndjson"), Inputs.zstd(lines.toString()));
        for (String name : List.of("plain.ndjson", "packed.ndjson")) {
            Source source = Inputs.source(folder, name, with("commit_within_file", "true"));
            Read whole = Read.all(source, SyncMode.INCREMENTAL);
            SplitId split = whole.splits.getFirst().id();
            List<dev.wisent.api.Stand> safe =
                    whole.stands.stream().filter(dev.wisent.api.Stand::isSafe).toList();
            assertThat(whole.rows).hasSize(400_000);
            assertThat(safe.size()).as(name).isGreaterThan(name.startsWith("plain") ? 1 : 0);

            for (dev.wisent.api.Stand stand : safe) {
                Read rest =
                        Read.all(source, SyncMode.INCREMENTAL, Map.of(split, new SplitView(stand.position(), false)));
                int done = (int) stand.position().ordinal();
                assertThat(rest.rows).as(name + " after " + done).isEqualTo(whole.rows.subList(done, 400_000));
            }
        }
    }

    @Test
    void a_file_committed_whole_is_safe_at_its_end_only() {
        Inputs.write(folder.resolve("a.ndjson"), "{\"id\":1}\n".repeat(200_000));

        Read read = read(PLAIN, Map.of());

        assertThat(read.stands.stream().filter(dev.wisent.api.Stand::isSafe)).hasSize(1);
        assertThat(read.stands.getLast().isSafe()).isTrue();
        assertThat(read.stands.getLast().position().ordinal()).isEqualTo(200_000);
    }

    @Test
    void keys_of_other_formats_and_slips_are_told() {
        assertThatThrownBy(() -> Inputs.source(
                        folder, "*", Map.of("delimiter", ";", "on_rewrite", "fail", "late_horizon", "soon")))
                .hasMessageContaining("is for format: csv")
                .hasMessageContaining("must be one of error, append, ignore")
                .hasMessageContaining("must be never, seconds");
        assertThat(source(Map.of("format", "json", "records_path", "$.features[*]")))
                .isNotNull();
    }

    private Path row(String name, int id) {
        return Inputs.write(folder.resolve(name), "{\"id\":" + id + "}\n");
    }

    private Source source(Map<String, ?> keys) {
        return Inputs.source(folder, "*.ndjson", keys);
    }

    private Read read(Map<String, ?> keys, Map<SplitId, SplitView> before) {
        return Read.all(source(keys), SyncMode.INCREMENTAL, before);
    }

    private Set<String> names(String pattern) {
        Source source = Inputs.source(folder, pattern, PLAIN);
        return new java.util.LinkedHashSet<>(Read.all(source, SyncMode.INCREMENTAL).splits.stream()
                .map(Split::label)
                .toList());
    }

    private static Set<String> labels(PlanPage page) {
        return new HashSet<>(
                ((PlanPage.Splits) page).splits().stream().map(Split::label).toList());
    }

    private static Map<String, ?> with(String key, String value) {
        return Map.of("schema", Inputs.SCHEMA, key, value);
    }
}
