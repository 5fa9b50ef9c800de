package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.FakeConnectors;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteModeKeyTest {
    private static DestinationSettings load(Connectors connectors, String source, String config) {
        return Loading.loader(connectors, Map.of())
                .parse(
                        "name: a\nsource: {name: letters, stream: capital" + source
                                + "}\ndestination: {name: shelf, config: {path: p" + config + "}}\n",
                        "p.yml",
                        Optional.empty())
                .destination()
                .settings();
    }

    private static String told(Connectors connectors, String source, String config) {
        try {
            return "loaded as " + load(connectors, source, config).writeMode();
        } catch (WisentException error) {
            return ErrorText.lines(error, Console.Mode.PLAIN);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "', primary_key: [id], sync_mode: incremental'|''|MERGE",
                "', sync_mode: incremental'|''|APPEND",
                "', primary_key: [id], sync_mode: full_refresh'|''|APPEND",
                "', primary_key: [id]'|''|APPEND",
                "', primary_key: [id], sync_mode: incremental'|', write_mode: append'|APPEND",
                "', primary_key: [id], sync_mode: full_refresh'|', write_mode: merge'|MERGE",
                "''|', write_mode: merge'|MERGE"
            })
    void rows_are_merged_when_it_is_asked_for_or_a_key_is_given_and_what_is_new_is_read(
            String source, String config, Commit.Mode mode) {
        assertThat(load(FakeConnectors.merging(), source, config).writeMode()).isEqualTo(mode);
    }

    @Test
    void key_and_cursor_come_from_the_source() {
        DestinationSettings settings = load(
                FakeConnectors.merging(),
                ", primary_key: [id, part], cursor_field: seen_at, sync_mode: incremental",
                "");

        assertThat(settings.primaryKey()).isEqualTo(List.of("id", "part"));
        assertThat(settings.cursorField()).contains("seen_at");
    }

    @Test
    void a_destination_that_only_appends_appends_and_refuses_to_be_told_otherwise() {
        String key = ", primary_key: [id], sync_mode: incremental";

        assertThat(told(FakeConnectors.all(), key, "")).isEqualTo("loaded as APPEND");
        assertThat(told(FakeConnectors.all(), key, ", write_mode: merge"))
                .contains("p.yml:3:46: destination.config.write_mode: destination 'shelf' can't merge rows");
    }

    @Test
    void merging_shows_each_commit_so_publishing_at_the_end_is_refused() {
        String text = """
                name: a
                source: {name: letters, stream: capital, primary_key: [id], sync_mode: incremental}
                destination: {name: shelf, config: {path: p}}
                engine: {publish: at_end}
                """;
        WisentException error = assertThrows(
                WisentException.class,
                () -> Loading.loader(FakeConnectors.merging(), Map.of()).parse(text, "p.yml", Optional.empty()));

        assertThat(ErrorText.lines(error, Console.Mode.PLAIN))
                .contains("p.yml:4:10: engine.publish: merged rows are shown by each commit");
    }
}
