package dev.wisent.connectors.core.generator;

import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.source.SourceSettings;
import java.time.Duration;
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

    static GeneratorOptions read(ConfigSection config, SourceSettings settings) {
        OptionalLong rows = optional(config, "rows", 0);
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
                (int) within(config, "record_bytes", 200, LARGEST_RECORD),
                (int) within(config, "page_size", 1_000, LARGEST_PAGE),
                config.integer("seed", 1),
                optional(config, "fail_at_page", 1),
                Duration.ofMillis(optional(config, "sleep_ms", 0).orElse(0)));
        config.done();
        return options;
    }

    /// What decides which orders there are.
    String fingerprint() {
        return "rows=%s record_bytes=%d page_size=%d seed=%d"
                .formatted(rows.isPresent() ? rows.getAsLong() : "endless", recordBytes, pageSize, seed);
    }

    private static OptionalLong optional(ConfigSection config, String key, long least) {
        if (config.optionalInteger(key).filter(value -> value < least).isPresent()) {
            config.problem(key, "must be at least " + least, "");
        }
        return config.optionalInteger(key)
                .filter(value -> value >= least)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private static long within(ConfigSection config, String key, long standard, long most) {
        long value = config.integer(key, standard);
        if (value < 1 || value > most) {
            config.problem(key, "must be between 1 and " + most, "");
            return standard;
        }
        return value;
    }
}
