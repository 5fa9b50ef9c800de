package dev.wisent.connectors.postgres.read;

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
import dev.wisent.connectors.postgres.PostgresServer;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole tables while others write them, by key, without one, and in one snapshot.
class FullReadTest {
    private static final int ROWS = 8_000;

    private final PostgresServer.Database database = PostgresServer.shared().database();

    private Reads table(String key) {
        database.run("CREATE TABLE t (id int %s, n int, note text) WITH (fillfactor = 60)".formatted(key));
        database.run("INSERT INTO t SELECT i, 0, repeat('x', 200) FROM generate_series(1, " + ROWS + ") i");
        database.run("ANALYZE t");
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
    void updates_between_chunks_lose_no_row_that_was_there_all_the_time() {
        Reads reads = table("PRIMARY KEY");
        try (Opened opened = new Opened(reads)) {
            List<Integer> read = new ArrayList<>(opened.chunk());
            // rows not read yet move to free space in blocks before those that were read
            database.run("DELETE FROM t WHERE id <= 1000 AND id % 2 = 0");
            database.run("VACUUM t");
            database.run("UPDATE t SET n = 1, note = repeat('y', 300) WHERE id > 2000");
            database.run("INSERT INTO t SELECT i, 2, '' FROM generate_series(2, 1000, 2) i");
            read.addAll(opened.rest());

            assertThat(read).containsExactlyElementsOf(all());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE t ALTER n TYPE text USING 'abcd'                                  | abcd
            ALTER TABLE t ALTER n TYPE bigint                                             | was changed while it was read
            ALTER TABLE t ALTER n TYPE real                                               | was changed while it was read
            ALTER TABLE t DROP COLUMN n                                                   | n
            ALTER TABLE t RENAME COLUMN n TO m                                            | n
            DROP TABLE t                                                                  | t
            DROP TABLE t; CREATE TABLE t (id int PRIMARY KEY, n int, note text); INSERT INTO t SELECT i, i, '' FROM generate_series(1, 9999) i | was changed while it was read
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
            database.run("TRUNCATE t");

            assertThat(opened.rest()).hasSizeLessThan(ROWS - read.size());
        }
    }

    @Test
    void between_chunks_no_transaction_is_open() {
        try (Opened opened = new Opened(table("PRIMARY KEY"))) {
            opened.chunk();

            assertThat(database.list("SELECT state FROM pg_stat_activity WHERE application_name = 'wisent t'"
                            + " AND datname = current_database()"))
                    .containsExactly("idle");
        }
    }

    @Test
    void a_connection_that_is_lost_between_chunks_is_made_anew_and_reading_goes_on() {
        try (Opened opened = new Opened(table("PRIMARY KEY"))) {
            List<Integer> read = new ArrayList<>(opened.chunk());
            database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'wisent t'"
                    + " AND datname = current_database()");
            assertThatThrownBy(opened::chunk)
                    .isInstanceOfSatisfying(
                            WisentException.class,
                            failure -> assertThat(failure.isTransient()).isTrue());
            read.addAll(opened.rest());

            assertThat(read).containsExactlyElementsOf(all());
        }
    }

    @Test
    void a_connection_that_is_open_on_one_side_only_is_given_up_between_chunks_and_reading_goes_on() {
        Reads plain = table("PRIMARY KEY");
        try (FaultProxy proxy =
                FaultProxy.to("localhost", PostgresServer.shared().port())) {
            String url = "postgresql://postgres@%s:%d/%s?socketTimeout=6"
                    .formatted(proxy.host(), proxy.port(), database.name());
            try (Opened opened = new Opened(Reads.of(plain.factory(), plain.stream(), Map.of("url", url)))) {
                List<Integer> read = new ArrayList<>(opened.chunk());
                proxy.set(Direction.TO_CLIENT, new Fault.Swallow());
                assertThatThrownBy(opened::chunk)
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
    void ranges_of_the_key_hold_each_row_once() {
        Reads reads = table("PRIMARY KEY").with("splits", 7);

        SourceReading reading = reads.all();

        assertThat(reading.splits()).hasSize(7);
        assertThat(reading.splits()).allMatch(split -> split.rows().size() > ROWS / 20);
        assertThat(ids(reading.rows())).containsExactlyElementsOf(all());
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
    void rows_of_a_view_that_share_their_declared_key_are_each_read_once() {
        table("");
        database.run("CREATE VIEW v AS SELECT id / 1500 AS part, id FROM t");

        SourceReading reading = database.reads("v").key("part").all();

        assertThat(reading.rows()).hasSize(ROWS).doesNotHaveDuplicates();
        assertThat(reading.splits().getFirst().stands().stream().filter(stand -> stand.isSafe()))
                .as("places to go on at")
                .hasSizeGreaterThan(3);
    }

    @Test
    void a_row_without_a_value_in_the_declared_key_is_refused() {
        table("");
        database.run("INSERT INTO t VALUES (NULL, 1, '')");
        Reads reads = database.reads("t").key("id");

        assertThatThrownBy(() -> reads.open().check()).hasMessageContaining("no value in primary_key (id)");
        assertThatThrownBy(reads::all).hasMessageContaining("no value in primary_key (id)");
    }

    @Test
    void a_table_that_others_inherit_from_is_not_read_by_its_key() {
        table("PRIMARY KEY");
        database.run("CREATE TABLE child () INHERITS (t); INSERT INTO child VALUES (5, 1, 'the other 5')");

        assertThat(database.reads("t").rows()).hasSize(ROWS + 1);
    }

    @Test
    void a_partitioned_table_is_read_by_its_key_and_listed_once() {
        database.run("""
                CREATE TABLE p (id int PRIMARY KEY, n int) PARTITION BY RANGE (id);
                CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (500);
                CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (500) TO (2000);
                INSERT INTO p SELECT i, i FROM generate_series(1, 1999) i""");
        Reads reads = database.reads("p").with("splits", 3);

        assertThat(ids(reads.rows()))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 1999).boxed().toList());
        try (Source source = reads.open()) {
            assertThat(source.streams()).hasSize(1);
        }
    }

    @Test
    void a_row_larger_than_a_block_is_read() {
        database.run("CREATE TABLE t (id int PRIMARY KEY, note text)");
        database.run("INSERT INTO t SELECT i, repeat('z', CASE WHEN i % 3 = 0 THEN 3000000 ELSE 10 END)"
                + " FROM generate_series(1, 9) i");

        List<String> rows = database.reads("t").rows();

        assertThat(ids(rows)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(rows.get(2)).hasSizeGreaterThan(3_000_000);
    }

    @Test
    void keys_of_any_type_are_gone_on_from() {
        for (String type : List.of(
                "text",
                "uuid",
                "numeric(20,5)",
                "timestamptz",
                "date",
                "bytea",
                "float8",
                "inet",
                "char(9)",
                "numeric")) {
            String table = PostgresServer.name();
            String value = switch (type) {
                case "text" -> "'k''\\' || i";
                case "uuid" -> "md5(i::text)::uuid";
                case "timestamptz" -> "'2026-01-01 BC'::timestamptz + i * '1 year 1.000001 s'::interval";
                case "date" -> "'0003-01-01'::date - i";
                case "bytea" -> "decode(md5(i::text), 'hex')";
                case "inet" -> "'10.0.0.0'::inet + i";
                default -> "i" + (type.startsWith("numeric") ? " / 7.0" : "");
            };
            database.run("CREATE TABLE %s (k %s PRIMARY KEY, i int)".formatted(table, type));
            database.run("INSERT INTO %s SELECT %s, i FROM generate_series(1, 3000) i".formatted(table, value));

            assertThat(database.reads(table).with("splits", 2).rows())
                    .as(type)
                    .hasSize(3000)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_snapshot_is_one_point_in_time_for_all_blocks() {
        Reads reads = table("PRIMARY KEY").with("snapshot", true).with("splits", 4);
        try (Source source = reads.open();
                Planner planner = source.plan(request(reads))) {
            planner.opening();
            PlanPage.Splits page = (PlanPage.Splits) planner.next(Duration.ZERO);
            List<String> rows = new ArrayList<>();
            for (Split split : page.splits()) {
                rows.addAll(SourceReading.split(source, reads.id(), split, Position.START, Optional.empty())
                        .rows());
                database.run("UPDATE t SET n = n + 1; DELETE FROM t WHERE id % 100 = " + rows.size() % 100);
            }

            assertThat(page.splits()).hasSize(4);
            assertThat(ids(rows)).containsExactlyInAnyOrderElementsOf(all());
            assertThat(rows).allMatch(row -> row.contains("\"n\":0"));
        }
    }

    @Test
    void a_snapshot_that_ended_with_its_run_makes_its_splits_expire() {
        Reads reads = table("PRIMARY KEY").with("snapshot", true);
        try (Source source = reads.open();
                Planner first = source.plan(request(reads));
                Planner second = source.plan(new ReadRequest(
                        reads.id(), SyncMode.FULL_REFRESH, GenerationView.EMPTY, first.opening(), Optional.empty()))) {
            assertThat(expires(source, reads, second)).isTrue();
        }
    }

    @Test
    void a_table_that_was_made_anew_makes_the_splits_of_its_old_bounds_expire() {
        Reads reads = table("PRIMARY KEY");
        try (Source source = reads.open();
                Planner first = source.plan(request(reads))) {
            var opening = first.opening();
            database.run("DROP TABLE t");
            table("PRIMARY KEY");
            try (Planner second = source.plan(new ReadRequest(
                    reads.id(), SyncMode.FULL_REFRESH, GenerationView.EMPTY, opening, Optional.empty()))) {
                assertThat(expires(source, reads, second)).isTrue();
            }
        }
    }

    private static boolean expires(Source source, Reads reads, Planner planner) {
        Split split = ((PlanPage.Splits) planner.next(Duration.ZERO)).splits().getFirst();
        try (SplitReader reader = source.reader(new ReaderContext(reads.id()))) {
            reader.add(split, Position.START);
            return reader.poll(Duration.ZERO) instanceof Fetched.Expired;
        }
    }

    @Test
    void check_names_the_table_or_the_right_that_is_missing() {
        table("PRIMARY KEY");
        assertThatThrownBy(() -> database.reads("T").open().check())
                .isInstanceOfSatisfying(
                        WisentException.class,
                        failure -> assertThat(failure.what()).contains("no table or view public.T"));
        String user = PostgresServer.name();
        PostgresServer.shared().role(user, "secret");
        Reads reads = database.reads("t").with("username", user).with("password", "secret");
        assertThatThrownBy(() -> reads.open().check())
                .isInstanceOfSatisfying(
                        WisentException.class,
                        failure -> assertThat(failure.what() + failure.hint()).contains("GRANT", "SELECT"));
        database.run("GRANT SELECT ON t TO " + user);
        reads.open().check();
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
