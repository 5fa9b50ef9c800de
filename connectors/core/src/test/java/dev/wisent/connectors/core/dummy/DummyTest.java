package dev.wisent.connectors.core.dummy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.Source;
import dev.wisent.connectors.core.Configs;
import dev.wisent.connectors.core.Read;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DummyTest {
    private static final Map<String, ?> DEMO =
            Map.of("authentication", Map.of("type", "api_key", "params", Map.of("token", "dummy_key")));

    @Test
    void its_five_records_come_on_three_pages() {
        Read read = Read.all(dummy(SyncMode.FULL_REFRESH, DEMO), SyncMode.FULL_REFRESH);

        assertThat(read.rows)
                .hasSize(5)
                .first()
                .asString()
                .contains("\"id\":9898")
                .contains("BIZON");
        assertThat(read.rows.toString()).contains("88787", "\"id\":98,", "3333", "56565");
        assertThat(read.stands).hasSize(6).allMatch(stand -> stand.isSafe());
        assertThat(read.progress.values()).containsExactly(new SplitView(Position.at(3), true));
    }

    @Test
    void reading_goes_on_after_the_last_committed_page() {
        Map<SplitId, SplitView> before = Map.of(new SplitId("pages"), new SplitView(Position.at(2), false));

        assertThat(Read.all(dummy(SyncMode.FULL_REFRESH, DEMO), SyncMode.FULL_REFRESH, before).rows)
                .hasSize(1);
    }

    @Test
    void a_stream_routes_its_first_page_and_never_ends() {
        Read read = Read.all(dummy(SyncMode.STREAM, DEMO), SyncMode.STREAM);

        assertThat(read.routes)
                .isEqualTo(List.of(
                        Optional.of("creatures"),
                        Optional.of("creatures"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(read.progress.values()).noneMatch(SplitView::finished);
    }

    @Test
    void a_slip_in_the_credentials_is_told() {
        assertThatThrownBy(() ->
                        dummy(SyncMode.FULL_REFRESH, Map.of("authentication", Map.of("type", "apikey"), "slep", 1)))
                .hasMessageContaining("api_key, oauth")
                .hasMessageContaining("did you mean 'sleep'");
    }

    private static Source dummy(SyncMode mode, Map<String, ?> keys) {
        return Configs.read(
                keys, config -> new DummyFactory().create(config, Configs.source("creatures", Optional.of(mode))));
    }
}
