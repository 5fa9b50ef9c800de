package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.destination.Destination;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.WritingRun;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A run looks at its table anew with each commit, and so notices what became of it since the last one.
class ChangedBetweenCommitsTest {
    private static final PostgresServer.Database DATABASE =
            PostgresServer.shared().database();
    private static final TargetId ORDERS = new TargetId("orders");
    private static final Schema SCHEMA = Schema.of(Field.required("id", DataType.INT64));

    private final String schema = PostgresServer.name();
    private final Destination destination =
            Configured.destination(new PostgresFactory(), DATABASE.keys(Map.of("schema", schema)));
    private final WritingRun run = WritingRun.on(destination, new Progress());

    @BeforeEach
    void commits() {
        run.claimed().committed(row(1)).committed(row(2));
    }

    @AfterEach
    void close() {
        run.close();
        destination.close();
    }

    @Test
    void a_table_that_is_emptied_is_named() {
        DATABASE.run("TRUNCATE " + schema + ".orders");

        assertThatThrownBy(() -> row(3)).hasMessageContaining("was emptied since");
    }

    @Test
    void a_table_that_is_made_anew_is_named() {
        DATABASE.run("DROP TABLE " + schema + ".orders; CREATE TABLE " + schema + ".orders (id int8)");

        assertThatThrownBy(() -> row(3)).hasMessageContaining("made anew since");
    }

    @Test
    void rows_encoded_for_a_column_that_has_another_type_now_are_read_again() {
        DATABASE.run("ALTER TABLE " + schema + ".orders ALTER COLUMN id TYPE numeric");

        assertThat(destination.commit(row(3))).isInstanceOf(CommitOutcome.Stale.class);
    }

    @Test
    void a_column_that_somebody_adds_changes_nothing() {
        DATABASE.run("ALTER TABLE " + schema + ".orders ADD COLUMN note text DEFAULT 'new'");
        run.committed(row(3)).committed(row(4));

        assertThat(DATABASE.list("SELECT id || note FROM " + schema + ".orders ORDER BY id"))
                .containsExactly("1new", "2new", "3new", "4new");
    }

    private Commit.Data row(long id) {
        RecordBatch batch = RecordBatch.of(SCHEMA);
        ((LongColumn) batch.column(0)).append(id);
        batch.endRow();
        return run.data(run.live(), run.write(ORDERS, batch));
    }
}
