package dev.wisent.connectors.mysql.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Position;
import dev.wisent.api.Stand;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.testkit.connector.SourceReading;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole tables while others write them, by key, without one, and in one snapshot.
class MysqlFullReadTest {
    private static final int ROWS = 8_000;

    private final MariaDbServer.Database database = MariaDbServer.shared().database();

    private Reads table(String key) {
        database.run(
                "CREATE TABLE t (id int %s, n int, note text)".formatted(key),
                "INSERT INTO t SELECT seq, 0, repeat('x', 300) FROM seq_1_to_" + ROWS,
                "ANALYZE TABLE t");
        return database.reads("t");
    }

    private static List<Integer> ids(List<String> rows) {
        return rows.stream()
                .map(row -> Integer.valueOf(row.replaceAll("\\{\"id\":(\\d+),.*", "$1")))
                .toList();
    }

    private static List<Integer> all() {
        return IntStream.rangeClosed(1, ROWS).boxed().toList();
    }

    @Test
    void ranges_of_the_key_hold_each_row_once() {
        Reads reads = table("PRIMARY KEY").with("splits", 7);

        SourceReading reading = reads.all();

        assertThat(reading.splits()).hasSize(7);
        assertThat(reading.splits()).allMatch(split -> split.rows().size() > ROWS / 20);
        assertThat(ids(reading.rows())).containsExactlyElementsOf(all());
    }

    @Test
    void ranges_of_a_key_with_gaps_hold_about_as_many_rows_each() {
        Reads reads = table("PRIMARY KEY").with("splits", 4);
        database.run(
                "ALTER TABLE t MODIFY id bigint",
                "UPDATE t SET id = 1000000000000000 + id * 1000000000 WHERE id > 6000",
                "ANALYZE TABLE t");

        SourceReading reading = reads.all();

        assertThat(reading.splits().stream().map(split -> split.rows().size()))
                .hasSize(4)
                .allMatch(rows -> rows > ROWS / 20 && rows < ROWS * 2 / 5);
        assertThat(reading.rows()).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void without_a_key_only_the_end_is_safe_and_a_warning_says_so() {
        Reads reads = table("");

        SourceReading reading = reads.all();

        assertThat(ids(reading.rows())).containsExactlyInAnyOrderElementsOf(all());
        SourceReading.OfSplit split = reading.splits().getFirst();
        assertThat(split.stands().stream().filter(stand -> stand.position().ordinal() < ROWS && stand.isSafe()))
                .containsExactly(Stand.safe(Position.START));
        assertThat(warnings(reads)).anyMatch(warning -> warning.contains("has no key"));
    }

    @Test
    void a_row_larger_than_a_block_is_read() {
        database.run("CREATE TABLE t (id int PRIMARY KEY, note longtext)");
        database.run("INSERT INTO t SELECT seq, repeat('z', CASE WHEN seq % 3 = 0 THEN 3000000 ELSE 10 END)"
                + " FROM seq_1_to_9");

        List<String> rows = database.reads("t").rows();

        assertThat(ids(rows)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(rows.get(2)).hasSizeGreaterThan(3_000_000);
    }

    @Test
    void updates_between_chunks_lose_no_row_that_was_there_all_the_time() {
        Reads reads = table("PRIMARY KEY");
        try (Opened opened = new Opened(reads)) {
            List<Integer> read = new ArrayList<>(opened.chunk());
            assertThat(read).hasSizeBetween(1, ROWS - 1);
            database.run(
                    "DELETE FROM t WHERE id <= 1000 AND id % 2 = 0",
                    "UPDATE t SET n = 1, note = repeat('y', 3000) WHERE id > 2000",
                    "INSERT INTO t SELECT seq * 2, 2, '' FROM seq_1_to_500");
            read.addAll(opened.rest());

            assertThat(read).containsExactlyElementsOf(all());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE t MODIFY n varchar(20)       | was changed while it was read
            ALTER TABLE t MODIFY n bigint            | was changed while it was read
            ALTER TABLE t MODIFY n decimal(9,3)      | was changed while it was read
            ALTER TABLE t MODIFY n int unsigned      | was changed while it was read
            ALTER TABLE t DROP COLUMN n              | n
            ALTER TABLE t RENAME COLUMN n TO m       | n
            DROP TABLE t                             | t
            """)
    void a_table_that_is_changed_between_chunks_stops_the_read(String change, String told) {
        try (Opened opened = new Opened(table("PRIMARY KEY"))) {
            assertThat(opened.chunk()).hasSizeBetween(1, ROWS - 1);
            database.run(change);

            assertThatThrownBy(opened::rest).isInstanceOfSatisfying(WisentException.class, failure -> {
                assertThat(failure.what()).contains(told);
                assertThat(failure.isTransient()).isFalse();
            });
        }
    }

    @Test
    void a_column_that_is_added_between_chunks_waits_for_the_next_run() {
        try (Opened opened = new Opened(table("PRIMARY KEY"))) {
            List<Integer> read = new ArrayList<>(opened.chunk());
            database.run("ALTER TABLE t ADD more int DEFAULT 7");
            read.addAll(opened.rest());

            assertThat(read).containsExactlyElementsOf(all());
        }
    }

    /// As if its rows were deleted.
    @Test
    void a_table_that_is_emptied_between_chunks_gives_no_more_rows() {
        try (Opened opened = new Opened(table("PRIMARY KEY"))) {
            List<Integer> read = new ArrayList<>(opened.chunk());
            database.run("TRUNCATE TABLE t");

            assertThat(opened.rest()).hasSizeLessThan(ROWS - read.size());
        }
    }

    @Test
    void between_chunks_no_transaction_is_open() {
        try (Opened opened = new Opened(table("PRIMARY KEY"))) {
            opened.chunk();

            assertThat(sessions("command")).containsExactly("Sleep");
            assertThat(database.list("SELECT trx_mysql_thread_id FROM information_schema.innodb_trx"
                            + " WHERE trx_mysql_thread_id IN (SELECT id FROM information_schema.processlist WHERE db = '"
                            + database.name() + "' AND user = 'wisent')"))
                    .isEmpty();
        }
    }

    private List<String> sessions(String column) {
        return database.list("SELECT " + column + " FROM information_schema.processlist WHERE db = '" + database.name()
                + "' AND user = 'wisent'");
    }

    @Test
    void a_connection_that_is_lost_between_chunks_is_made_anew_and_reading_goes_on() {
        try (Opened opened = new Opened(table("PRIMARY KEY"))) {
            List<Integer> read = new ArrayList<>(opened.chunk());
            database.run("KILL " + sessions("id").getFirst());
            boolean lost = false;
            for (int polls = 0; polls < 1_000 && read.size() < ROWS; polls++) {
                try {
                    read.addAll(opened.chunk());
                } catch (WisentException failure) {
                    assertThat(failure.isTransient()).isTrue();
                    lost = true;
                }
            }

            assertThat(lost).isTrue();
            assertThat(read).containsExactlyElementsOf(all());
        }
    }

    @Test
    void a_connection_that_is_open_on_one_side_only_is_given_up_between_chunks_and_reading_goes_on() {
        Reads plain = table("PRIMARY KEY");
        try (FaultProxy proxy =
                FaultProxy.to("127.0.0.1", MariaDbServer.shared().port())) {
            String url = "mysql://%s:%d/%s?socketTimeout=6000".formatted(proxy.host(), proxy.port(), database.name());
            Map<String, Object> keys = Map.of("url", url, "username", "wisent", "password", MariaDbServer.PASSWORD);
            try (Opened opened = new Opened(Reads.of(plain.factory(), plain.stream(), keys))) {
                List<Integer> read = new ArrayList<>(opened.chunk());
                proxy.set(Direction.TO_CLIENT, new Fault.Swallow());
                assertThatThrownBy(opened::rest)
                        .isInstanceOfSatisfying(
                                WisentException.class,
                                failure -> assertThat(failure.isTransient()).isTrue());
                proxy.heal();
                read.addAll(opened.rest());

                assertThat(read).containsExactlyElementsOf(all());
            }
        }
    }

    @Test
    void keys_of_any_type_are_gone_on_from() {
        for (String type : List.of(
                "varchar(40) character set utf8mb4",
                "varchar(40) character set latin1 collate latin1_german2_ci",
                "char(9) character set utf8mb4 collate utf8mb4_bin",
                "uuid",
                "decimal(20,5)",
                "timestamp(6)",
                "datetime(3)",
                "date",
                "time",
                "varbinary(40)",
                "binary(16)",
                "bigint unsigned",
                "bit(20)",
                "float",
                "enum")) {
            String table = MariaDbServer.name();
            String value = switch (type.replaceFirst("[( ].*", "")) {
                case "varchar" -> "concat(_latin1 X'E4', 'k''\\\\', seq)";
                case "uuid" -> "concat('0189abcd-0000-4000-8000-', lpad(hex(seq * 7919 % 65536), 12, '0'))";
                case "binary", "varbinary" -> "substr(unhex(sha1(seq)), 1, 16)";
                case "timestamp", "datetime" -> "'2026-01-01' + INTERVAL seq SECOND + INTERVAL seq * 1000 MICROSECOND";
                case "date" -> "'2026-01-01' - INTERVAL seq DAY";
                case "time" -> "sec_to_time(seq)";
                case "decimal" -> "seq / 7.0";
                case "bigint" -> "18446744073709551615 - seq";
                case "enum" -> "concat('e', seq)";
                default -> "seq";
            };
            String declared = type.equals("enum")
                    ? IntStream.rangeClosed(1, 3000)
                            .mapToObj(i -> "'e" + (3001 - i) + "'")
                            .collect(Collectors.joining(",", "enum(", ")"))
                    : type;
            database.run(
                    "CREATE TABLE %s (k %s, i int, pad text, PRIMARY KEY (k))".formatted(table, declared),
                    "INSERT INTO %s SELECT %s, seq, repeat('p', 900) FROM seq_1_to_3000".formatted(table, value));

            assertThat(database.reads(table).with("splits", 2).rows())
                    .as(type)
                    .hasSize(3000)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_key_of_several_columns_is_gone_on_from() {
        database.run(
                "CREATE TABLE t (a int, b varchar(9), c date, pad text, PRIMARY KEY (a, b, c))",
                "INSERT INTO t SELECT seq % 3, concat('b', seq % 50), '2026-01-01' + INTERVAL seq DAY, repeat('p', 900)"
                        + " FROM seq_1_to_3000");

        assertThat(database.reads("t").with("splits", 2).rows()).hasSize(3000).doesNotHaveDuplicates();
    }

    @Test
    void a_key_with_null_or_of_a_part_of_a_text_is_none_and_another_unique_one_is_taken() {
        database.run(
                "CREATE TABLE a (x int NULL UNIQUE, y varchar(99), UNIQUE (y(5)))",
                "CREATE TABLE b (x int NULL UNIQUE, y int NOT NULL UNIQUE)");

        assertThat(warnings(database.reads("a"))).anyMatch(warning -> warning.contains("has no key"));
        assertThat(warnings(database.reads("b"))).isEmpty();
    }

    @Test
    void tables_of_other_databases_and_with_odd_names_are_read_and_listed() {
        MariaDbServer.Database other = MariaDbServer.shared().database();
        other.run("CREATE TABLE `odd ``na.me` (`c``1` int PRIMARY KEY)", "INSERT INTO `odd ``na.me` VALUES (1)");
        database.run("CREATE TABLE here (id int PRIMARY KEY)", "CREATE VIEW seen AS SELECT * FROM here");
        String odd = other.name() + ".odd `na.me";

        assertThat(database.reads(odd).rows()).containsExactly("{\"c`1\":1}");
        try (Source source = database.reads("here").open()) {
            List<String> names =
                    source.streams().stream().map(s -> s.id().name()).toList();
            assertThat(names).startsWith("here", "seen").contains(odd).doesNotContain("mysql.user");
            assertThat(source.streams().getFirst().keys()).containsExactly("id");
        }
    }

    @Test
    void check_names_the_table_or_the_right_that_is_missing() {
        table("PRIMARY KEY");
        assertThatThrownBy(() -> database.reads("nothing").open().check())
                .isInstanceOfSatisfying(
                        WisentException.class,
                        failure -> assertThat(failure.what())
                                .contains("no table or view " + database.name() + ".nothing"));
        String user = MariaDbServer.shared().user("secret");
        database.run("CREATE TABLE u (id int)", "GRANT SELECT (id) ON " + database.name() + ".t TO " + user);
        database.reads("t")
                .with("username", user)
                .with("password", "secret")
                .open()
                .check();
        assertThatThrownBy(() -> database.reads("u")
                        .with("username", user)
                        .with("password", "secret")
                        .open()
                        .check())
                .isInstanceOf(WisentException.class);
    }

    private static ReadRequest request(Reads reads) {
        return new ReadRequest(
                reads.id(),
                SyncMode.FULL_REFRESH,
                GenerationView.EMPTY,
                dev.wisent.api.StreamState.EMPTY,
                Optional.empty());
    }

    private static List<String> warnings(Reads reads) {
        try (Source source = reads.open();
                Planner planner = source.plan(request(reads))) {
            return planner.warnings();
        }
    }

    /// The only split of a stream, read by hand.
    private static final class Opened implements AutoCloseable {
        private final Source source;
        private final SplitReader reader;
        private final Decoder decoder;

        Opened(Reads reads) {
            source = reads.open();
            try (Planner planner = source.plan(request(reads))) {
                Split split =
                        ((PlanPage.Splits) planner.next(Duration.ZERO)).splits().getFirst();
                reader = source.reader(new ReaderContext(reads.id()));
                decoder = source.decoder(split, new DecodeContext(Position.START, Optional.empty()));
                reader.add(split, Position.START);
            }
        }

        List<Integer> chunk() {
            return reader.poll(Duration.ZERO) instanceof Fetched.Chunk chunk ? ids(Rows.of(decoder, chunk)) : List.of();
        }

        List<Integer> rest() {
            List<Integer> rest = new ArrayList<>();
            for (List<Integer> chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                rest.addAll(chunk);
            }
            return rest;
        }

        @Override
        public void close() {
            reader.close();
            decoder.close();
            source.close();
        }
    }
}
