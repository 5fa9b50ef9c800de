package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `wisent copy` from one database of the server into another.
class CopyTest {
    private static final PostgresServer SERVER = PostgresServer.shared();

    private final PostgresServer.Database from = SERVER.database();
    private final PostgresServer.Database to = SERVER.database();

    @TempDir
    Path folder;

    private static String url(PostgresServer.Database database) {
        return "postgres://postgres@localhost:" + SERVER.port() + "/" + database.name();
    }

    private ChildCommand copy(String... more) {
        List<String> arguments = new ArrayList<>(List.of("copy", url(from), url(to)));
        arguments.addAll(List.of(more));
        return new ChildCommand(folder, arguments, List.of(), OptionalLong.empty());
    }

    private void tables(int count) {
        from.run(
                "DO $$ BEGIN FOR i IN 1.." + count
                        + " LOOP EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, v text);"
                        + " INSERT INTO t%s SELECT g, ''v'' || g FROM generate_series(1, %s) g', i, i, i % 7 + 1); END LOOP; END $$");
    }

    private long rows() {
        return to
                .list(
                        "SELECT (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM public.%I', tablename),"
                                + " false, true, '')))[1]::text FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^t[0-9]+$'")
                .stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static long expected(int tables) {
        return LongStream.rangeClosed(1, tables).map(i -> i % 7 + 1).sum();
    }

    @Test
    void twenty_tables_are_copied_first_some_and_then_all() {
        tables(20);

        copy("--table", "public.t*5").here().exits(0);
        assertThat(to.ask("SELECT string_agg(v, ' ' ORDER BY id) FROM t15")).isEqualTo("v1 v2");
        copy().here().exits(0);
        assertThat(rows()).isEqualTo(expected(20));

        from.run("UPDATE t3 SET v = 'new'; DELETE FROM t4");
        copy("--table", "public.t3", "--table", "public.t4").here().exits(0);
        assertThat(to.ask("SELECT DISTINCT v FROM t3")).isEqualTo("new");
        assertThat(to.ask("SELECT count(*) FROM t4")).isEqualTo("0");
    }

    @Tag("soak")
    @Test
    void two_thousand_tables_are_copied_in_half_a_gigabyte() {
        for (int each = 0; each < 2_000; each += 500) {
            from.run("DO $$ BEGIN FOR i IN " + (each + 1) + ".." + (each + 500)
                    + " LOOP EXECUTE format('CREATE TABLE t%s"
                    + " (id int PRIMARY KEY, v text); INSERT INTO t%s SELECT g, ''v'' || g FROM generate_series(1, %s) g',"
                    + " i, i, i % 7 + 1); END LOOP; END $$");
        }
        copy().withJvm("-Xmx512m").start().await(Duration.ofHours(1)).exits(0);
        assertThat(rows()).isEqualTo(expected(2_000));
    }

    /// 1.3 GB in values of 16 MB, and as many columns as a table can have.
    @Tag("soak")
    @Test
    void values_of_16_mb_and_1600_columns_are_copied_in_half_a_gigabyte() {
        String columns = IntStream.range(1, 1_600)
                .mapToObj(i -> "(g + " + i + ") % 7 = 0 AS c" + i)
                .collect(Collectors.joining(", "));
        from.run("CREATE TABLE wide AS SELECT g AS id, " + columns + " FROM generate_series(1, 20000) g;"
                + " ALTER TABLE wide ADD PRIMARY KEY (id); CREATE TABLE long (id int PRIMARY KEY, v text);"
                + " INSERT INTO long SELECT g, repeat(md5(g::text), 524288) FROM generate_series(1, 80) g");

        copy().withJvm("-Xmx512m").start().await(Duration.ofMinutes(30)).exits(0);

        for (String sum : List.of(
                "SELECT sum(hashtextextended(w::text, 0)) || ' ' || count(*) FROM wide w",
                "SELECT string_agg(md5(v), ' ' ORDER BY id) FROM long")) {
            assertThat(to.ask(sum)).isEqualTo(from.ask(sum));
        }
    }
}
