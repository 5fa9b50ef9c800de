package dev.wisent.connectors.delta;

import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.connectors.core.files.FilesFactory;
import dev.wisent.connectors.core.generator.GeneratorFactory;
import dev.wisent.testkit.connector.Configured;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What a [Life] reads, and in what pieces it writes it.
///
/// @param source a new one in that mode
/// @param fileBytes where a data file is done
/// @param commitEvery when data files are done that are smaller
record Feed(Function<SyncMode, Source> source, long fileBytes, Sending sending, Duration commitEvery) {
    private static final long ROLLED_BYTES = 64 << 10;
    /// About every page.
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Duration SELDOM = Duration.ofSeconds(5);

    static Feed generated(int rows) {
        return new Feed(
                mode -> Configured.source(
                        new GeneratorFactory(),
                        Run.ORDERS.toString(),
                        mode,
                        Map.of("rows", rows, "page_size", 100, "sleep_ms", 5)),
                128 << 20,
                Sending.STANDARD,
                OFTEN);
    }

    /// NDJSON files in `place`, into data files that roll soon.
    static Feed files(Places.Place place, String glob, List<Map<String, String>> fields, Sending sending) {
        return new Feed(mode -> files(place, glob, fields, mode), ROLLED_BYTES, sending, OFTEN);
    }

    /// The same, into a data file for each of them.
    Feed wholeFiles() {
        return new Feed(source, 128 << 20, sending, SELDOM);
    }

    private static Source files(Places.Place place, String glob, List<Map<String, String>> fields, SyncMode mode) {
        SourceSettings plain = Configured.settings(Run.ORDERS.toString(), Optional.of(mode));
        SourceSettings settings = new SourceSettings(
                plain.pipelineId(),
                plain.stream(),
                plain.syncMode(),
                plain.cursorField(),
                plain.primaryKey(),
                plain.maxRecordBytes(),
                Places.stores());
        Map<String, Object> keys = new HashMap<>();
        keys.put("path", place.url() + "/" + glob);
        keys.put("format", "ndjson");
        keys.put("schema", Map.of("fields", fields));
        if (!place.options().isEmpty()) {
            keys.put("storage_options", place.options());
        }
        return Configured.source(new FilesFactory(), settings, keys);
    }
}
