package dev.wisent.connectors.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.destination.Destination;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.WritingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One pipeline into two databases of a server, from one folder: neither touches what the other has.
class DatabasesApartTest {
    private static final TargetId ORDERS = new TargetId("orders");
    private static final Schema SCHEMA = Schema.of(Field.required("name", DataType.STRING));

    @TempDir
    Path folder;

    private final MariaDbServer.Database one = MariaDbServer.shared().database();
    private final MariaDbServer.Database other = MariaDbServer.shared().database();

    private Destination open(MariaDbServer.Database database) {
        return Configured.destination(
                new MysqlFactory(),
                database.keys(Map.of("parts", folder.resolve("parts").toString())));
    }

    private static RecordBatch row(String name) {
        RecordBatch batch = RecordBatch.of(SCHEMA);
        ((BytesColumn) batch.column(0)).append(name);
        batch.endRow();
        return batch;
    }

    /// A generation that holds one row, not published.
    private static Commit.Begin written(WritingRun run, String name) {
        Commit.Begin begin = run.begin(Generation.Kind.REPLACE);
        run.committed(begin);
        List<Fragment> rows = run.write(begin.generation().id(), ORDERS, List.of(row(name)));
        run.committed(run.data(begin.generation().id(), rows));
        return begin;
    }

    private static String names(MariaDbServer.Database database) {
        return database.ask("SELECT group_concat(name) FROM orders");
    }

    @Test
    void refreshes_at_the_same_time_show_their_own_rows() {
        try (Destination here = open(one);
                Destination there = open(other);
                WritingRun first = WritingRun.on(here, new Progress()).claimed();
                WritingRun second = WritingRun.on(there, new Progress())) {
            Commit.Begin begin = written(first, "here");
            Commit.Claim claim = second.claim();
            second.committed(claim);
            there.sweep(claim);
            Commit.Begin theirs = written(second, "there");

            first.committed(first.publish(begin.generation().id()));
            second.committed(second.publish(theirs.generation().id()));

            assertThat(names(one)).isEqualTo("here");
            assertThat(names(other)).isEqualTo("there");
        }
    }

    @Test
    void a_run_into_one_leaves_parts_for_the_other_be() {
        try (Destination here = open(one);
                Destination there = open(other);
                WritingRun first = WritingRun.on(here, new Progress()).claimed();
                WritingRun second = WritingRun.on(there, new Progress()).claimed()) {
            List<Fragment> waiting = first.write(ORDERS, row("here"));
            Commit.Claim younger = second.claim();
            second.committed(younger);
            there.sweep(younger);

            first.committed(first.data(first.live(), waiting));

            assertThat(names(one)).isEqualTo("here");
        }
    }
}
