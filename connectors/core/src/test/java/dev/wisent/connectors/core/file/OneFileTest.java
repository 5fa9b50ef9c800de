package dev.wisent.connectors.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneFileTest {
    @TempDir
    Path folder;

    Path csv;

    @BeforeEach
    void aFileThatIsNotThereYet() {
        csv = folder.resolve("deep/out.csv");
    }

    @Test
    void rows_of_all_commits_lie_under_one_header() {
        Run.in(csv, Format.CSV).claimed().append("a").append("b", "c");
        Run.in(csv, Format.CSV).claimed().append("d");

        assertThat(Seen.lines(csv)).containsExactly("v", "a", "b", "c", "d");
        assertThat(Seen.names(csv.resolveSibling(".wisent/out.csv/parts"))).isEmpty();
    }

    @Test
    void a_refresh_takes_the_files_place_at_once() {
        Run run = Run.in(csv, Format.CSV).claimed().append("old");
        GenerationId generation = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(generation, "new1"));
        run.expectCommitted(run.data(generation, "new2"));
        assertThat(Seen.lines(csv)).containsExactly("v", "old");

        run.publish(generation);
        run.append("later");

        assertThat(Seen.lines(csv)).containsExactly("v", "new1", "new2", "later");
        assertThat(Seen.names(csv.resolveSibling(".wisent/out.csv"))).noneMatch(name -> name.startsWith("tmp-"));
    }

    @Test
    void an_appending_generation_and_a_dropped_one() {
        Run run = Run.in(csv, Format.CSV).claimed().append("a");
        GenerationId appended = run.begin(Generation.Kind.APPEND);
        run.expectCommitted(run.data(appended, "b"));
        run.publish(appended);
        GenerationId dropped = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(dropped, "never"));
        run.expectCommitted(new Commit.Drop(run.next(), dropped));

        assertThat(Seen.lines(csv)).containsExactly("v", "a", "b");
    }

    @Test
    void two_files_of_one_folder_have_nothing_to_do_with_each_other() {
        Run.in(csv, Format.CSV).claimed().append("a");
        Run.in(csv.resolveSibling("other.ndjson")).claimed().append("b");

        assertThat(Seen.lines(csv)).containsExactly("v", "a");
        assertThat(Seen.lines(csv.resolveSibling("other.ndjson"))).containsExactly("{\"v\":\"b\"}");
    }

    @Test
    void a_file_that_others_changed_is_refused() throws Exception {
        Run.in(csv, Format.CSV).claimed().append("aaa").append("bbb");
        byte[] whole = Files.readAllBytes(csv);
        for (byte[] changed : new byte[][] {
            java.util.Arrays.copyOf(whole, whole.length - 1),
            java.util.Arrays.copyOf(whole, whole.length + 1),
            Inverted.at(whole, whole.length - 3),
            Inverted.at(whole, 4)
        }) {
            Files.write(csv, changed);
            assertForeign(() -> Run.in(csv, Format.CSV).claimed());
        }
        Files.delete(csv);
        assertForeign(() -> Run.in(csv, Format.CSV).claimed());
        Files.write(csv, whole);
        assertThat(Run.in(csv, Format.CSV).claimed().append("c").n).isEqualTo(5);
    }

    @Test
    void a_file_that_was_there_before_is_never_overwritten() throws Exception {
        Files.createDirectories(csv.getParent());
        Files.writeString(csv, "precious");

        assertForeign(() -> Run.in(csv, Format.CSV).destination.check());
        assertForeign(() -> Run.in(csv, Format.CSV).claimed());
        assertThat(Files.readString(csv)).isEqualTo("precious");
    }

    @Test
    void new_columns_are_refused_in_csv_and_taken_in_ndjson() {
        Schema wider = Schema.of(Field.required("v", DataType.STRING), Field.nullable("w", DataType.STRING));
        Run run = Run.in(csv, Format.CSV).claimed().append("a");
        Commit.Data more = run.data(GenerationId.FIRST, run.write(Run.TARGET, wider, "b"));
        assertThatThrownBy(() -> run.commit(more))
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_REFUSED));

        Path lines = csv.resolveSibling("out.jsonl");
        Run ndjson = Run.in(lines).claimed().append("a");
        ndjson.expectCommitted(ndjson.data(GenerationId.FIRST, ndjson.write(Run.TARGET, wider, "b")));
        assertThat(Seen.lines(lines)).containsExactly("{\"v\":\"a\"}", "{\"v\":\"b\"}");
    }

    @Test
    void a_second_target_is_refused() {
        Run run = Run.in(csv, Format.CSV).claimed();

        assertThatThrownBy(() -> run.write(new TargetId("other"), "x"))
                .isInstanceOfSatisfying(WisentException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
                    assertThat(e.hint()).contains("folder");
                });
    }

    private static void assertForeign(Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_FOREIGN));
    }

    private static final class Inverted {
        static byte[] at(byte[] bytes, int index) {
            byte[] changed = bytes.clone();
            changed[index] ^= 1;
            return changed;
        }
    }
}
