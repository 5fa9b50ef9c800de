package dev.wisent.connectors.core.generator;

import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.SourceSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// The keys of the generator.
///
/// @param rows how many orders there are; empty: without end (stream mode only)
/// @param recordBytes about how long an order is as a line of NDJSON
/// @param failAtPage the page, from 1, at which reading fails for good
/// @param sleep the wait before each page
record GeneratorOptions(
        OptionalLong rows, int recordBytes, int pageSize, long seed, OptionalLong failAtPage, Duration sleep) {
    private static final long LARGEST_RECORD = SourceSettings.DEFAULT_MAX_RECORD_BYTES;
    private static final long LARGEST_PAGE = 10_000_000;

    private static final Key<Optional<Long>> ROWS = Key.whole("rows")
            .about("how many orders there are")
            .example("1000")
            .optional("required; with `sync_mode: stream` without end");
    private static final Key<Long> RECORD_BYTES = Key.whole("record_bytes", 1, LARGEST_RECORD)
            .about("about how long an order is as a line of NDJSON")
            .standard(200L);
    private static final Key<Long> PAGE_SIZE = Key.whole("page_size", 1, LARGEST_PAGE)
            .about("orders a page; reading can resume after each")
            .standard(1_000L);
    private static final Key<Long> SEED = Key.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE)
            .about("other seeds, other orders")
            .standard(1L);
    private static final Key<Optional<Long>> FAIL_AT_PAGE = Key.whole("fail_at_page", 1, Long.MAX_VALUE)
            .about("reading fails for good at this page")
            .optional("never");
    private static final Key<Long> SLEEP_MS =
            Key.whole("sleep_ms").about("milliseconds to wait before each page").standard(0L);

    static final ConfigShape KEYS = ConfigShape.of(ROWS, RECORD_BYTES, PAGE_SIZE, SEED, FAIL_AT_PAGE, SLEEP_MS);

    static GeneratorOptions read(ConfigSection config, SourceSettings settings) {
        OptionalLong rows = number(config.read(ROWS));
        boolean endless =
                settings.syncMode().filter(mode -> mode == SyncMode.STREAM).isPresent();
        if (rows.isEmpty() && !endless && !config.has("rows")) {
            config.problem("rows", "'rows' is missing", "only sync_mode: stream can go on without end");
        }
        if (settings.syncMode().filter(mode -> mode == SyncMode.INCREMENTAL).isPresent()
                && settings.cursorField()
                        .filter(field -> !field.equals(Orders.KEY))
                        .isPresent()) {
            config.problem("cursor_field", "must be '" + Orders.KEY + "'", "");
        }
        GeneratorOptions options = new GeneratorOptions(
                rows,
                Math.toIntExact(config.read(RECORD_BYTES)),
                Math.toIntExact(config.read(PAGE_SIZE)),
                config.read(SEED),
                number(config.read(FAIL_AT_PAGE)),
                Duration.ofMillis(config.read(SLEEP_MS)));
        config.done();
        return options;
    }

    /// What decides which orders there are.
    String fingerprint() {
        return "rows=%s record_bytes=%d page_size=%d seed=%d"
                .formatted(rows.isPresent() ? rows.getAsLong() : "endless", recordBytes, pageSize, seed);
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
