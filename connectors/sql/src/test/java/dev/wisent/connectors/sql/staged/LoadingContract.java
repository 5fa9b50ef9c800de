package dev.wisent.connectors.sql.staged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How rows come into tables of a file: merged by their key, into columns that grow, into tables that nobody else changed.
public abstract class LoadingContract extends MergingContract {
    /// One commit of so many parts, of a row each.
    protected final void appendInParts(int count) {
        List<Fragment> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.addAll(written(List.of(), ORDERS, put("id", i)));
        }
        in(data(live(), Commit.Mode.APPEND, parts));
    }

    private void refusedWith(ErrorCode code, String part) {
        assertThatThrownBy(() -> append(ORDERS, put("id", 9)))
                .isInstanceOfSatisfying(WisentException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.what()).contains(part);
                });
    }

    @Test
    void the_last_row_of_a_key_stays_over_several_parts_of_a_commit() throws Exception {
        start(Map.of());
        List<Fragment> parts = new ArrayList<>(written(List.of("id"), ORDERS, put("id", 1, "name", "first")));
        parts.addAll(written(List.of("id"), ORDERS, put("id", 1, "name", "second"), put("id", 2, "name", "x")));
        in(data(live(), Commit.Mode.MERGE, parts));

        assertThat(rows("id, name")).containsExactly("1|second", "2|x");
    }

    @Test
    void columns_grow_with_the_rows() throws Exception {
        start(Map.of());
        Schema narrow = Schema.of(Field.nullable("id", DataType.INT32), Field.nullable("name", DataType.STRING));
        Schema wide = Schema.of(
                Field.nullable("id", DataType.INT64),
                Field.nullable("name", DataType.STRING),
                Field.nullable("more", DataType.STRING));
        append(narrow, put("id", 1, "name", "a"));
        append(wide, put("id", 1L << 40, "name", "b", "more", "m"));
        append(narrow, put("id", 2, "name", "c"));

        assertThat(rows("id, name, more")).containsExactly("1|a|-", "2|c|-", "1099511627776|b|m");
    }

    @Test
    void parts_of_several_schemas_come_in_by_one_commit() throws Exception {
        start(Map.of());
        Schema narrow = Schema.of(Field.nullable("id", DataType.INT32));
        List<Fragment> parts = new ArrayList<>(written(List.of(), narrow, put("id", 1)));
        parts.addAll(written(List.of(), ORDERS, put("id", 2, "name", "b")));
        in(data(live(), Commit.Mode.APPEND, parts));

        assertThat(rows("id, name")).containsExactly("1|-", "2|b");
    }

    @Test
    void parts_of_several_tables_stand_between_each_other_in_a_commit() throws Exception {
        start(Map.of("child_tables", 2));
        List<Fragment> parts =
                new ArrayList<>(written(List.of(), BASKETS, put("id", 1, "items", List.of(item("a", "x")))));
        parts.addAll(written(List.of(), BASKETS, put("id", 2, "items", List.of(item("b", "y")))));
        in(data(live(), Commit.Mode.APPEND, parts));

        assertThat(baskets()).containsExactly("1|0|a|0|x", "2|0|b|0|y");
    }

    @Test
    void a_type_that_does_not_fit_is_refused_and_nothing_of_its_commit_is_in() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        Schema other = Schema.of(Field.nullable("id", DataType.STRING));

        assertThatThrownBy(() -> append(other, put("id", "x")))
                .isInstanceOfSatisfying(
                        WisentException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SCHEMA_REFUSED));
        assertThat(rows("id")).containsExactly("1");
        again();
        append(ORDERS, put("id", 2));
        assertThat(rows("id")).containsExactly("1", "2");
    }

    @Test
    void a_table_of_somebody_else_is_left_alone() throws Exception {
        start(Map.of());
        run("CREATE TABLE " + table() + " (id BIGINT)", "INSERT INTO " + table() + " VALUES (77)");

        refusedWith(ErrorCode.DESTINATION_FOREIGN, "is there already");

        assertThat(rows("id")).containsExactly("77");
    }

    @Test
    void a_table_that_was_emptied_stops_the_run() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        run("DELETE FROM " + table());
        refusedWith(ErrorCode.DESTINATION_FOREIGN, "was emptied");
    }

    @Test
    void a_table_that_was_dropped_stops_the_run_and_a_refresh_writes_it_anew() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        run("DROP TABLE " + table());
        refusedWith(ErrorCode.DESTINATION_FOREIGN, "is gone");
        again();

        refresh(ORDERS, put("id", 5));

        assertThat(rows("id")).containsExactly("5");
    }

    @Test
    void a_table_that_was_made_anew_stops_the_run() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        run(
                "DROP TABLE " + table(),
                "CREATE TABLE " + table() + " (id BIGINT, name TEXT, amount BIGINT, \"at\" TEXT)",
                "INSERT INTO " + table() + " (id) VALUES (1)");
        refusedWith(ErrorCode.DESTINATION_FOREIGN, "made anew");
    }

    @Test
    void a_column_that_was_dropped_stops_the_run() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        run("ALTER TABLE " + table() + " DROP COLUMN amount");
        refusedWith(ErrorCode.DESTINATION_FOREIGN, "lost its column 'amount'");
    }

    @Test
    void a_column_that_somebody_added_stays() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        run("ALTER TABLE " + table() + " ADD COLUMN remark TEXT", "UPDATE " + table() + " SET remark = 'mine'");
        append(ORDERS, put("id", 2));

        assertThat(rows("id, remark")).containsExactly("1|mine", "2|-");
    }

    @Test
    void a_refresh_keeps_the_indexes_of_the_table_and_takes_other_columns() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1, "name", "a"));
        run("CREATE INDEX by_name ON " + table() + " (name)");
        refresh(
                Schema.of(Field.nullable("id", DataType.INT64), Field.nullable("name", DataType.INT64)),
                put("id", 5, "name", 6));

        assertThat(rows("*")).containsExactly("5|6");
        assertThat(indexes()).contains("by_name");
    }

    /// The names of all indexes.
    protected abstract List<String> indexes() throws Exception;

    @Test
    void parts_are_gone_when_their_commit_is_in() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        merge(put("id", 1));

        assertThat(parts()).isZero();
    }

    /// How many parts lie beside the database.
    protected abstract long parts() throws Exception;
}
