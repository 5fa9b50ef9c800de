package dev.wisent.connectors.delta.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {
    private static final Schema PLAIN = Schema.of(Field.nullable("id", DataType.INT64));
    private static final Schema NTZ = Schema.of(Field.nullable("at", new DataType.ListOf(DataType.TIMESTAMP_NTZ)));

    @Test
    void a_new_table_needs_no_more_than_its_types() {
        assertThat(Features.lowest(PLAIN)).isEqualTo(new Action.Protocol(1, 2, List.of(), List.of()));
        assertThat(Features.lowest(NTZ).reader()).isEqualTo(3);
        assertThat(Features.lowest(NTZ).readerFeatures()).containsExactly("timestampNtz");
        assertThat(Features.lowest(NTZ).writerFeatures()).contains("timestampNtz");
    }

    @Test
    void a_feature_that_comes_later_keeps_what_older_versions_stood_for() {
        Action.Protocol after = Features.including(new Action.Protocol(1, 4, List.of(), List.of()), NTZ);

        assertThat(after.reader()).isEqualTo(3);
        assertThat(after.writer()).isEqualTo(7);
        assertThat(after.readerFeatures()).containsExactly("timestampNtz");
        assertThat(after.writerFeatures())
                .containsExactlyInAnyOrder(
                        "appendOnly",
                        "invariants",
                        "checkConstraints",
                        "changeDataFeed",
                        "generatedColumns",
                        "timestampNtz");
        assertThat(Features.including(after, NTZ)).isEqualTo(after);
        assertThat(Features.including(after, PLAIN)).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rowTracking", "icebergCompatV2", "inCommitTimestamp", "variantType", "aFeatureOfTomorrow"})
    void a_table_with_a_feature_nobody_here_knows_is_refused(String feature) {
        assertThat(Features.refusal(new Action.Protocol(3, 7, List.of(), List.of(feature)), table(Map.of(), "")))
                .hasValueSatisfying(why -> assertThat(why).contains("'" + feature + "'"));
        assertThat(Features.refusal(new Action.Protocol(3, 7, List.of(feature), List.of()), table(Map.of(), "")))
                .isPresent();
    }

    @Test
    void a_protocol_of_tomorrow_is_refused() {
        assertThat(Features.refusal(new Action.Protocol(4, 7, List.of(), List.of()), table(Map.of(), "")))
                .isPresent();
        assertThat(Features.refusal(new Action.Protocol(3, 8, List.of(), List.of()), table(Map.of(), "")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "delta.columnMapping.mode, name",
        "delta.constraints.positive, id > 0",
        "delta.setTransactionRetentionDuration, interval 7 days"
    })
    void a_property_that_asks_for_more_than_adding_files_is_refused(String key, String value) {
        assertThat(Features.refusal(new Action.Protocol(2, 5, List.of(), List.of()), table(Map.of(key, value), "")))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delta.invariants", "delta.generationExpression", "delta.identity.start"})
    void a_column_that_asks_for_more_than_its_values_is_refused(String key) {
        assertThat(Features.refusal(
                        new Action.Protocol(1, 6, List.of(), List.of()), table(Map.of(), "{\"" + key + "\":1}")))
                .isPresent();
    }

    @Test
    void features_that_are_there_but_not_used_are_no_obstacle() {
        Action.Protocol all = new Action.Protocol(
                3,
                7,
                List.of("columnMapping", "deletionVectors"),
                List.of("appendOnly", "invariants", "checkConstraints", "columnMapping", "deletionVectors"));

        assertThat(Features.refusal(all, table(Map.of("delta.columnMapping.mode", "none"), "")))
                .isEmpty();
        assertThat(Features.isAppendOnly(table(Map.of("delta.appendOnly", "TRUE"), "")))
                .isTrue();
    }

    private static Action.MetaData table(Map<String, String> properties, String schema) {
        return new Action.MetaData("id", Optional.empty(), schema, List.of(), properties, OptionalLong.empty());
    }
}
