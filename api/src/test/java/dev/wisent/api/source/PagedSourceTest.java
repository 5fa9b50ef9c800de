package dev.wisent.api.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Position;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectStores;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.RecordBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// A source of pages of ids: what the engine asks of it, played by hand.
class PagedSourceTest {
    private static final StreamId STREAM = new StreamId("ids");
    private static final long MOST_BYTES = 40;

    /// Ids 1 to `ids`, two a page; the token is the last id before the page.
    private static class Ids extends PagedSource {
        int ids = 5;
        Optional<RuntimeException> fails = Optional.empty();
        boolean expired;
        final List<PageRequest> asked = new ArrayList<>();

        Ids() {
            super(
                    new SourceSettings(
                            "p",
                            STREAM,
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            MOST_BYTES,
                            ObjectStores.none()),
                    List.of(stream("ids", List.of("id"), Optional.of("id"))),
                    "");
        }

        @Override
        protected Page page(PageRequest request) throws IOException {
            asked.add(request);
            if (fails.isPresent()) {
                throw new IOException(fails.get());
            }
            if (expired) {
                return new Page.Expired("too old");
            }
            int after = Integer.parseInt(request.token().or(request::since).orElse("0"));
            int last = Math.min(ids, after + 2);
            List<String> records = new ArrayList<>();
            for (int id = after + 1; id <= last; id++) {
                records.add("{\"id\":" + id + "}");
            }
            return new Page.Records(
                    records,
                    last < ids ? Optional.of("" + last) : Optional.empty(),
                    records.isEmpty() ? Optional.empty() : Optional.of("" + last));
        }
    }

    private final Ids source = new Ids();
    private final Map<dev.wisent.api.SplitId, SplitView> committed = new HashMap<>();
    private final List<String> rows = new ArrayList<>();
    private final List<String> rejects = new ArrayList<>();

    @Test
    void a_full_refresh_reads_all_pages_in_order() {
        read(SyncMode.FULL_REFRESH, Integer.MAX_VALUE);

        assertThat(rows).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}", "{\"id\":4}", "{\"id\":5}");
    }

    @Test
    void a_run_resumes_after_its_last_committed_page() {
        read(SyncMode.FULL_REFRESH, 1);
        source.asked.clear();
        read(SyncMode.FULL_REFRESH, Integer.MAX_VALUE);

        assertThat(source.asked.getFirst().token()).contains("2");
        assertThat(rows).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void an_incremental_run_begins_at_the_cursor_where_the_last_complete_one_ended() {
        read(SyncMode.INCREMENTAL, Integer.MAX_VALUE);
        source.ids = 8;
        source.asked.clear();
        read(SyncMode.INCREMENTAL, Integer.MAX_VALUE);

        assertThat(source.asked.getFirst()).isEqualTo(new PageRequest(STREAM, Optional.of("5"), Optional.empty()));
        assertThat(rows).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void an_incremental_run_that_was_stopped_goes_on_in_its_window() {
        read(SyncMode.INCREMENTAL, 1);
        read(SyncMode.INCREMENTAL, 1);
        read(SyncMode.INCREMENTAL, Integer.MAX_VALUE);
        source.ids = 6;
        read(SyncMode.INCREMENTAL, Integer.MAX_VALUE);

        assertThat(rows).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void a_window_without_new_records_keeps_the_cursor() {
        for (int run = 0; run < 3; run++) {
            read(SyncMode.INCREMENTAL, Integer.MAX_VALUE);
        }
        source.ids = 6;
        read(SyncMode.INCREMENTAL, Integer.MAX_VALUE);

        assertThat(rows).hasSize(6).doesNotHaveDuplicates();
        assertThat(committed)
                .as("windows that are no longer needed are forgotten")
                .hasSize(2);
    }

    @Test
    void a_record_that_is_no_json_object_or_too_large_becomes_a_reject() {
        decode("{\"id\":1}", "[1]", "{\"id\":1} x", "{id:1}", "{\"text\":\"" + "x".repeat((int) MOST_BYTES) + "\"}");

        assertThat(rows).containsExactly("{\"id\":1}");
        assertThat(rejects).containsExactly("W2001", "W2001", "W2001", "W2002");
    }

    @Test
    void a_failed_fetch_may_be_tried_again_and_an_expired_token_is_told() {
        source.fails = Optional.of(new IllegalStateException("down"));
        Assertions.assertThatExceptionOfType(WisentException.class)
                .isThrownBy(() -> read(SyncMode.FULL_REFRESH, 1))
                .satisfies(e -> assertThat(e.isTransient()).isTrue())
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_CONNECTION));

        source.fails = Optional.empty();
        source.expired = true;
        assertThat(read(SyncMode.FULL_REFRESH, 1)).isInstanceOf(Fetched.Expired.class);
    }

    /// One run: as many chunks as it may, then a commit of what came. The last thing fetched.
    private Fetched read(SyncMode mode, int chunks) {
        GenerationView live = GenerationView.EMPTY;
        GenerationView view = new GenerationView(
                live.id(), Map.copyOf(committed), live.schema(), StreamState.EMPTY, live.counts(), List.of());
        ReadRequest request = new ReadRequest(STREAM, mode, view, StreamState.EMPTY, Optional.empty());
        PlanPage.Splits plan = (PlanPage.Splits) source.plan(request).next(Duration.ZERO);
        plan.forget().forEach(committed::remove);
        Split split = plan.splits().getFirst();
        SplitReader reader = source.reader(new ReaderContext(STREAM));
        reader.add(split, view.position(split.id()));
        Decoder decoder = source.decoder(split, new DecodeContext(view.position(split.id()), Optional.empty()));
        for (int chunk = 0; ; chunk++) {
            Fetched fetched = reader.poll(Duration.ZERO);
            switch (fetched) {
                case Fetched.Chunk data -> {
                    decoder.decode(data, sink());
                    committed.put(
                            split.id(), new SplitView(data.stand().orElseThrow().position(), false));
                }
                case Fetched.Moved moved ->
                    committed.put(split.id(), new SplitView(moved.stand().position(), false));
                case Fetched.Ended(var _, Optional<Position> at) ->
                    committed.put(split.id(), new SplitView(at.orElseThrow(), true));
                case Fetched.Idle _, Fetched.Expired _ -> {}
            }
            if (!(fetched instanceof Fetched.Chunk || fetched instanceof Fetched.Moved) || chunk + 1 >= chunks) {
                return fetched;
            }
        }
    }

    private void decode(String... records) {
        Ids fixed = new Ids() {
            @Override
            protected Page page(PageRequest request) {
                return new Page.Records(List.of(records), Optional.empty(), Optional.empty());
            }
        };
        Split split = new Split(new dev.wisent.api.SplitId("pages"), "pages", "", java.util.OptionalLong.empty());
        SplitReader reader = fixed.reader(new ReaderContext(STREAM));
        reader.add(split, Position.START);
        fixed.decoder(split, new DecodeContext(Position.START, Optional.empty()))
                .decode((Fetched.Chunk) reader.poll(Duration.ZERO), sink());
    }

    private BatchSink sink() {
        return new BatchSink() {
            @Override
            public void rows(RecordBatch batch, dev.wisent.api.Stand upTo) {
                for (int row = 0; row < batch.rows(); row++) {
                    rows.add(((BytesColumn) batch.column(0)).string(row));
                }
            }

            @Override
            public void reject(dev.wisent.api.Reject reject) {
                rejects.add(reject.code());
            }

            @Override
            public void discarded(long values) {}
        };
    }
}
