package dev.wisent.connectors.transformduckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random rows through statements, against the same in Java, row by row. The rows come in batches cut at random, twice: what a
/// row becomes is never a matter of the cuts. `-Dsql.first=<seed> -Dsql.seeds=1` plays one seed again.
class SqlOracleTest {
    private static final Schema SCHEMA =
            Rows.schema("id int64", "name string", "amount decimal(12,2)", "tags list<string>", "flag bool");
    private static final int ROWS = 1_000;

    /// What one row becomes; throws [ArithmeticException] or [NumberFormatException] when it is refused.
    private interface Oracle {
        List<String> of(Row row);
    }

    private record Row(
            Optional<Long> id,
            Optional<String> name,
            Optional<BigDecimal> amount,
            Optional<List<String>> tags,
            Optional<Boolean> flag) {
        static Row random(Random random) {
            return new Row(
                    maybe(random, () -> random.nextInt(20) == 0 ? Long.MAX_VALUE : random.nextLong(100)),
                    maybe(random, () -> name(random)),
                    maybe(random, () -> BigDecimal.valueOf(random.nextLong(-999_999_999_999L, 1_000_000_000_000L), 2)),
                    maybe(
                            random,
                            () -> IntStream.range(0, random.nextInt(5))
                                    .mapToObj(i -> name(random))
                                    .toList()),
                    maybe(random, random::nextBoolean));
        }

        private static String name(Random random) {
            return switch (random.nextInt(6)) {
                case 0 -> Integer.toString(random.nextInt(1000));
                case 1 -> "";
                case 2 -> "née €😀".substring(0, 5);
                case 3 -> "a text that is longer than twelve bytes";
                case 4 -> "x\"y\\";
                default -> "ab";
            };
        }

        private static <T> Optional<T> maybe(Random random, java.util.function.Supplier<T> value) {
            return random.nextInt(8) == 0 ? Optional.empty() : Optional.of(value.get());
        }

        String text() {
            return object(
                    "id", jsonOf(id.map(String::valueOf)),
                    "name", jsonOf(name.map(SqlOracleTest::quoted)),
                    "amount", jsonOf(amount.map(BigDecimal::toPlainString)),
                    "tags", jsonOf(tags.map(SqlOracleTest::array)),
                    "flag", jsonOf(flag.map(String::valueOf)));
        }
    }

    private static String jsonOf(Optional<String> value) {
        return value.orElse("null");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String array(List<String> texts) {
        return texts.stream().map(SqlOracleTest::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String object(String... pairs) {
        return IntStream.range(0, pairs.length / 2)
                .mapToObj(i -> quoted(pairs[2 * i]) + ":" + pairs[2 * i + 1])
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static final TreeMap<String, Oracle> STATEMENTS = new TreeMap<>();

    static {
        STATEMENTS.put(
                "SELECT id, upper(name) AS name FROM batch WHERE id <> 2",
                row -> row.id().filter(id -> id != 2).isEmpty()
                        ? List.of()
                        : List.of(object(
                                "id", jsonOf(row.id().map(String::valueOf)),
                                "name", jsonOf(row.name().map(n -> quoted(n.toUpperCase(Locale.ROOT)))))));
        STATEMENTS.put(
                "SELECT * REPLACE (id + 1 AS id) FROM batch",
                row -> List.of(new Row(
                                row.id().map(id -> Math.addExact(id, 1)),
                                row.name(),
                                row.amount(),
                                row.tags(),
                                row.flag())
                        .text()));
        STATEMENTS.put(
                "SELECT id, CAST(name AS BIGINT) AS n FROM batch WHERE name IS NOT NULL",
                row -> row.name().isEmpty()
                        ? List.of()
                        : List.of(object(
                                "id", jsonOf(row.id().map(String::valueOf)),
                                "n", jsonOf(row.name().map(n -> Long.toString(Long.parseLong(n)))))));
        STATEMENTS.put("SELECT id, unnest(tags) AS tag, name FROM batch WHERE flag", row -> tags(row, true));
        STATEMENTS.put("SELECT id, t.tag, name FROM batch, unnest(tags) AS t(tag) WHERE flag", row -> tags(row, true));
        STATEMENTS.put(
                "SELECT id, tag, name FROM batch b, unnest(b.tags) AS t(tag) WHERE flag AND t.tag <> ''",
                row -> tags(row, false));
        STATEMENTS.put(
                "SELECT CAST(amount * 2 AS DECIMAL(14,2)) AS twice, round(amount, 0) AS whole, name || '-' || id AS both FROM batch",
                row -> List.of(object(
                        "twice",
                                jsonOf(row.amount()
                                        .map(a -> a.multiply(BigDecimal.TWO).toPlainString())),
                        "whole",
                                jsonOf(row.amount()
                                        .map(a -> a.setScale(0, RoundingMode.HALF_UP)
                                                .toPlainString())),
                        "both", jsonOf(row.name().flatMap(n -> row.id().map(id -> quoted(n + "-" + id)))))));
        STATEMENTS.put(
                "SELECT {'id': id, 'tags': list_transform(tags, lambda t: t || '!')} AS s, len(tags) AS n FROM batch",
                row -> List.of(object(
                        "s",
                        object(
                                "id", jsonOf(row.id().map(String::valueOf)),
                                "tags",
                                        jsonOf(row.tags()
                                                .map(tags -> array(tags.stream()
                                                        .map(t -> t + "!")
                                                        .toList())))),
                        "n",
                        jsonOf(row.tags().map(tags -> Integer.toString(tags.size()))))));
        STATEMENTS.put(
                "SELECT name, CASE WHEN flag THEN 'yes' WHEN NOT flag THEN error('no') END AS f FROM batch", row -> {
                    if (row.flag().equals(Optional.of(false))) {
                        throw new ArithmeticException();
                    }
                    return List.of(object(
                            "name",
                            jsonOf(row.name().map(SqlOracleTest::quoted)),
                            "f",
                            jsonOf(row.flag().map(f -> "\"yes\""))));
                });
    }

    private static List<String> tags(Row row, boolean withEmpty) {
        return row.flag().orElse(false)
                ? row.tags().orElse(List.of()).stream()
                        .filter(tag -> withEmpty || !tag.isEmpty())
                        .map(tag -> object(
                                "id", jsonOf(row.id().map(String::valueOf)),
                                "tag", quoted(tag),
                                "name", jsonOf(row.name().map(SqlOracleTest::quoted))))
                        .toList()
                : List.of();
    }

    static Stream<Long> seeds() {
        long first = Long.getLong("sql.first", 1);
        return Stream.iterate(first, seed -> seed + 1).limit(Long.getLong("sql.seeds", 1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void rows_become_what_they_become_in_java_however_they_are_cut(long seed) {
        Random random = new Random(seed);
        List<Row> rows = Stream.generate(() -> Row.random(random)).limit(ROWS).toList();
        STATEMENTS.forEach((sql, oracle) -> {
            List<String> expected = new ArrayList<>();
            List<Integer> refused = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                try {
                    expected.addAll(oracle.of(rows.get(i)));
                } catch (ArithmeticException | NumberFormatException no) {
                    refused.add(i);
                }
            }
            for (int again = 0; again < 2; again++) {
                Written written = written(sql, rows, random);
                assertThat(written.lines()).as("seed %d: %s", seed, sql).containsExactlyElementsOf(expected);
                assertThat(written.refused()).as("seed %d: %s", seed, sql).containsExactlyElementsOf(refused);
            }
        });
    }

    private record Written(List<String> lines, List<Integer> refused) {}

    private static Written written(String sql, List<Row> rows, Random random) {
        Written written = new Written(new ArrayList<>(), new ArrayList<>());
        try (TransformStep step = new Sql(sql).step()) {
            for (int from = 0; from < rows.size(); ) {
                int first = from;
                int to = Math.min(rows.size(), from + 1 + random.nextInt(random.nextBoolean() ? 5 : 800));
                RecordBatch batch = Rows.of(
                        SCHEMA, rows.subList(from, to).stream().map(Row::text).toArray(String[]::new));
                Applied applied = step.apply(batch);
                written.lines().addAll(Rows.lines(applied));
                applied.refused().forEach(r -> written.refused().add(first + r.row()));
                from = to;
            }
        }
        return written;
    }
}
