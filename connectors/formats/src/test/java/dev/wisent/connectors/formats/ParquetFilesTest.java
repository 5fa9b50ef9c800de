package dev.wisent.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.wisent.api.Reject;
import dev.wisent.api.SyncMode;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.source.Source;
import dev.wisent.testkit.connector.SourceReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole Parquet files, DuckDB being the judge.
class ParquetFilesTest {
    private static final String MANY = """
            SELECT i, i % 7 = 0 AS b, (hash(i) % 200)::SMALLINT - 100 AS t, CASE WHEN i % 11 = 0 THEN NULL ELSE hash(i, 1) END AS u,
              ((hash(i, 2) % 1000000000)::BIGINT / 1000.0)::DOUBLE AS d, (i * 3.01)::DECIMAL(25,2) AS dec,
              CASE WHEN i % 5 = 0 THEN NULL ELSE repeat('ż' || (i % 1000), (i % 9)::INT) END AS s,
              TIMESTAMP '2026-01-01' + INTERVAL (i) SECOND AS moment, DATE '1970-01-01' + (i % 40000)::INT AS day,
              CASE WHEN i % 13 = 0 THEN NULL ELSE list_transform(range(i % 4), lambda x: CASE WHEN x = 2 THEN NULL ELSE x + i END) END AS l,
              {'a': i, 'n': CASE WHEN i % 3 = 0 THEN NULL ELSE {'x': 'y' || i, 'l': [i, NULL]} END} AS st,
              MAP {'k' || (i % 10): i, 'other': NULL} AS m
            FROM range(ROWS) r(i)
            """;
    private static final String TYPES = "{i: 'BIGINT', b: 'BOOLEAN', t: 'SMALLINT', u: 'UBIGINT', d: 'DOUBLE',"
            + " dec: 'DECIMAL(25,2)', s: 'VARCHAR', moment: 'TIMESTAMP', day: 'DATE', l: 'BIGINT[]',"
            + " st: 'STRUCT(a BIGINT, n STRUCT(x VARCHAR, l BIGINT[]))', m: 'MAP(VARCHAR, BIGINT)'}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "zstd, V1, 30000",
        "snappy, V2, 2048",
        "gzip, V1, 100000",
        "lz4_raw, V2, 100000",
        "uncompressed, V1, 5000",
    })
    void every_value_of_a_large_file_is_read(String codec, String version, int groupRows) throws Exception {
        Path file = folder.resolve("many.parquet");
        int rows = 60_000;
        Inputs.parquet(
                file,
                MANY.replace("ROWS", "" + rows),
                "COMPRESSION %s, PARQUET_VERSION %s, ROW_GROUP_SIZE %d".formatted(codec, version, groupRows));

        Path read = folder.resolve("read.ndjson");
        Files.write(read, Inputs.rows(folder, "*.parquet"));

        String columns = "i, b, t, u, d, dec, s, moment, day, l, st, m";
        String ours = "SELECT " + columns + " FROM read_json('" + read + "', format = 'newline_delimited', columns = "
                + TYPES + ")";
        String theirs = "SELECT " + columns + " FROM '" + file + "'";
        assertThat(Inputs.query("SELECT count(*) FROM (" + ours + ")")).containsExactly("" + rows);
        assertThat(Inputs.query(ours + " EXCEPT ALL " + theirs)).isEmpty();
        assertThat(Inputs.query(theirs + " EXCEPT ALL " + ours)).isEmpty();
    }

    @Test
    void a_codec_that_is_not_supported_is_named() {
        Inputs.parquet(folder.resolve("one.parquet"), "SELECT range AS i FROM range(1000)", "COMPRESSION brotli");

        assertThatThrownBy(() -> Inputs.rows(folder, "*.parquet"))
                .isInstanceOfSatisfying(
                        SplitFailure.class, e -> assertThat(e.stage()).isEqualTo(Reject.Stage.DECOMPRESS))
                .hasMessageContaining("BROTLI");
    }

    @Test
    void empty_files_have_columns_and_no_rows() {
        Inputs.parquet(folder.resolve("none.parquet"), "SELECT 1 AS i, 'x' AS s WHERE false", "");

        SourceReading read = Inputs.read(folder, "*.parquet", Map.of());

        assertThat(read.rows()).isEmpty();
        assertThat(read.schema().orElseThrow().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 11, 12, 100, 5_000})
    void a_cut_file_is_left_out(int left) {
        Path file = folder.resolve("cut.parquet");
        Inputs.parquet(file, "SELECT range AS i, 'v' || range AS s FROM range(20000)", "");
        Inputs.write(file, Arrays.copyOf(Inputs.bytes(file), left));

        assertThatThrownBy(() -> Inputs.rows(folder, "*.parquet"))
                .isInstanceOfSatisfying(
                        SplitFailure.class, e -> assertThat(e.stage()).isEqualTo(Reject.Stage.PARSE));
    }

    @Test
    void a_damaged_file_is_left_out_or_reads_and_nothing_else_happens() {
        Path file = folder.resolve("hurt.parquet");
        Inputs.parquet(file, MANY.replace("ROWS", "3000"), "ROW_GROUP_SIZE 2048, COMPRESSION zstd");
        byte[] whole = Inputs.bytes(file);
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        Set<Reject.Stage> stages = new HashSet<>();
        for (int i = 0; i < 120; i++) {
            byte[] hurt = whole.clone();
            // Footers are short: every third blow is for them.
            int at = i % 3 == 0 ? whole.length - 1 - random.nextInt(3_000) : random.nextInt(whole.length);
            hurt[at] ^= (byte) (1 << random.nextInt(8));
            Inputs.write(file, hurt);
            try {
                Inputs.rows(folder, "*.parquet");
            } catch (SplitFailure e) {
                stages.add(e.stage());
            } catch (RuntimeException | Error e) {
                fail("seed " + seed + ", byte " + at, e);
            }
        }
        assertThat(stages).contains(Reject.Stage.PARSE, Reject.Stage.DECOMPRESS);
    }

    @Test
    void an_inferred_schema_has_the_columns_of_all_files_and_wider_types() {
        Inputs.parquet(folder.resolve("a.parquet"), "SELECT 1::TINYINT AS i, 1.5::FLOAT AS f, 'x' AS only_a", "");
        Inputs.parquet(folder.resolve("b.parquet"), "SELECT 3000000000 AS i, 2.25::DOUBLE AS f, [1] AS only_b", "");

        SourceReading read = Inputs.read(folder, "*.parquet", Map.of());

        assertThat(read.schema().orElseThrow().toString()).contains("i", "only_a", "only_b");
        assertThat(read.rows())
                .containsExactly(
                        "{\"i\":1,\"f\":1.5,\"only_a\":\"x\"}", "{\"i\":3000000000,\"f\":2.25,\"only_b\":[1]}");
    }

    @Test
    void values_of_other_types_follow_the_contract_as_json_does() {
        Inputs.parquet(
                folder.resolve("a.parquet"),
                "SELECT * FROM (VALUES ('1', DATE '2026-01-01', 7::BIGINT), ('x', NULL, 8), (NULL, NULL, 9)) t(id, day, n)",
                "");
        Map<String, ?> schema = Map.of(
                "fields",
                List.of(
                        Map.of("name", "id", "type", "int64", "nullable", "false"),
                        Map.of("name", "day", "type", "string"),
                        Map.of("name", "n", "type", "decimal(10,2)")));

        SourceReading read = Inputs.read(folder, "*.parquet", Map.of("schema", schema));

        assertThat(read.rows()).isEmpty();
        assertThat(read.splits().getFirst().rejects()).hasSize(3).anySatisfy(reject -> {
            assertThat(new String(reject.raw()).strip()).isEqualTo("{\"id\":\"x\",\"day\":null,\"n\":8}");
            assertThat(reject.ordinal()).isEqualTo(1);
        });
    }

    @Test
    void a_required_column_that_is_null_refuses_that_record_only() {
        Inputs.parquet(
                folder.resolve("a.parquet"),
                "SELECT CASE WHEN range = 5 THEN NULL ELSE range END AS id FROM range(10)",
                "");
        Map<String, ?> schema = Map.of("fields", List.of(Map.of("name", "id", "type", "int64", "nullable", "false")));

        SourceReading read = Inputs.read(folder, "*.parquet", Map.of("schema", schema));

        assertThat(read.rows()).hasSize(9);
        assertThat(read.splits().getFirst().rejects())
                .singleElement()
                .satisfies(reject -> assertThat(reject.ordinal()).isEqualTo(5));
    }

    @Test
    void reading_goes_on_inside_a_file_without_the_groups_before() {
        Path file = folder.resolve("many.parquet");
        Inputs.parquet(file, "SELECT range AS i FROM range(20000)", "ROW_GROUP_SIZE 2048");
        Map<String, ?> keys = Map.of("commit_within_file", "true");
        SourceReading.OfSplit whole =
                Inputs.read(folder, "*.parquet", keys).splits().getFirst();
        // Whoever reads the first group again finds it damaged.
        byte[] bytes = Inputs.bytes(file);
        Arrays.fill(bytes, 4, 2_000, (byte) 0xFF);
        Inputs.write(file, bytes);

        int stand = 0;
        while (whole.rowsBefore().get(stand) < 10_000
                || !whole.stands().get(stand).isSafe()) {
            stand++;
        }
        try (Source source = Inputs.source(folder, "*.parquet", keys)) {
            SourceReading fresh = SourceReading.after(
                    source,
                    Inputs.ROWS,
                    SyncMode.INCREMENTAL,
                    Map.of(
                            source(source),
                            new dev.wisent.api.commit.SplitView(
                                    whole.stands().get(stand).position(), false)));
            assertThat(fresh.rows())
                    .isEqualTo(whole.rows()
                            .subList(whole.rowsBefore().get(stand), whole.rows().size()));
        }
    }

    /// The file was touched, so it has another name now.
    private static dev.wisent.api.SplitId source(Source source) {
        try (var planner = source.plan(new dev.wisent.api.source.ReadRequest(
                Inputs.ROWS,
                SyncMode.INCREMENTAL,
                dev.wisent.api.commit.GenerationView.EMPTY,
                dev.wisent.api.StreamState.EMPTY,
                java.util.Optional.empty()))) {
            return ((dev.wisent.api.source.PlanPage.Splits) planner.next(java.time.Duration.ZERO))
                    .splits()
                    .getFirst()
                    .id();
        }
    }
}
