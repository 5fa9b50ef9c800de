package dev.wisent.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.Validation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a destination tells of its tables without writing: the statements that would make them, and what they hold.
public abstract class LookingRules extends GenerationRules {
    @Test
    void the_statements_it_tells_are_there_before_rows_and_gone_when_the_table_has_them() throws Exception {
        Schema wider = Schema.of(
                Field.required("id", DataType.INT64),
                Field.nullable("name", DataType.STRING),
                Field.nullable("age", DataType.INT64));
        Optional<String> before = statements(SCHEMA);
        assumeTrue(before.isPresent(), "n/a: it has no tables that statements make");

        assertThat(before).get().asString().contains("CREATE TABLE", "orders", "name");
        show(ORDERS, List.of(batch(1, "a")));
        assertThat(statements(SCHEMA)).contains("");
        assertThat(statements(wider))
                .get()
                .asString()
                .contains("ALTER TABLE", "age")
                .doesNotContain("name");
        assertThat(ids(ORDERS)).as("nothing was done").containsExactly("1");
    }

    private Optional<String> statements(Schema columns) throws Exception {
        return run().destination()
                .ddl(WritingRun.STREAM, ORDERS, columns, List.of(), Optional.empty())
                .map(statements -> String.join("\n", statements));
    }

    @Test
    void a_changed_value_a_lost_row_and_a_doubled_one_are_seen_when_it_is_compared_with_its_source() throws Exception {
        List<RecordBatch> written = List.of(batch(1, "a"), batch(2, "b"), batch(3, "b"));
        show(ORDERS, written);
        assumeTrue(compared(ORDERS, written).isPresent(), "n/a: it can't be read back");

        compare(ORDERS, written.reversed());
        assertThat(compared(ORDERS, List.of(batch(1, "a"), batch(2, "B"), batch(3, "b"))))
                .as("a changed value")
                .get()
                .satisfies(result -> assertThat(result.differences())
                        .extracting(Validation.ColumnDifference::column)
                        .containsExactly("name"));
        assertThat(compared(ORDERS, List.of(batch(1, "b"), batch(2, "a"), batch(3, "b"))))
                .as("values that changed rows")
                .get()
                .satisfies(result -> assertThat(result.isSame()).isFalse());
        assertThat(compared(ORDERS, List.of(batch(1, "a"), batch(2, "b"), batch(3, "b"), batch(4, "b"))))
                .as("a row the target lacks")
                .get()
                .satisfies(result -> assertThat(result.isSame()).isFalse())
                .extracting(Validation.TargetResult::targetRows)
                .isEqualTo(3L);
        show(ORDERS, List.of(batch(3, "b")));
        assertThat(compared(ORDERS, written))
                .as("a row the target has twice")
                .get()
                .satisfies(result -> assertThat(result.isSame()).isFalse())
                .extracting(Validation.TargetResult::targetRows)
                .isEqualTo(4L);
    }
}
