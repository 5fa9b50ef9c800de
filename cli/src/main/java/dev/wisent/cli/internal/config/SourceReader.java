package dev.wisent.cli.internal.config;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.cli.internal.config.PipelineSpec.Start;
import dev.wisent.engine.plugin.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the keys of `source:` that all sources share, and finds the factory that reads the others.
final class SourceReader {
    private final ConfigSection source;
    private final Warnings warnings;
    private final Connectors connectors;

    SourceReader(ConfigSection source, Warnings warnings, Connectors connectors) {
        this.source = source;
        this.warnings = warnings;
        this.connectors = connectors;
    }

    /// What was read before the factory is asked.
    record Common(
            String connector,
            Optional<SourceFactory> factory,
            SourceSettings settings,
            OptionalLong maxIterations,
            Start start) {}

    Common read(String pipelineId) {
        String connector = Names.required(source, "name");
        Optional<SourceFactory> factory = source.has("name") ? factory(connector) : Optional.empty();
        StreamId stream = new StreamId(Names.required(source, "stream"));
        Optional<SyncMode> mode = syncMode();
        factory.filter(f -> source.has("stream")).ifPresent(f -> known(f, stream, mode));
        SourceSettings settings = new SourceSettings(
                pipelineId,
                stream,
                mode,
                source.optionalText("cursor_field"),
                source.texts("primary_key"),
                source.integer("max_record_bytes", SourceSettings.DEFAULT_MAX_RECORD_BYTES, 1, Integer.MAX_VALUE));
        long cap = source.integer("max_iterations", 0, 0, Long.MAX_VALUE);
        bizonOnly();
        return new Common(
                connector, factory, settings, cap == 0 ? OptionalLong.empty() : OptionalLong.of(cap), start());
    }

    private Start start() {
        boolean ignore = source.truth("force_ignore_checkpoint", false);
        if (source.truth("reset", false)) {
            return Start.RESET;
        }
        return ignore ? Start.IGNORE_CHECKPOINT : Start.RESUME;
    }

    private void bizonOnly() {
        if (source.has("source_file_path")) {
            source.problem(
                    "source_file_path",
                    "sources written in Python can't run here",
                    "write the records to a file and read it with source 'files'");
        }
        source.ignore("source_file_path");
        warnings.meaningless(source, "init_pipeline", "a pipeline needs no preparation");
        warnings.meaningless(source, "api_config", "retries have a time budget (engine.retry.budget)");
        if (!source.has("authentication")) {
            source.ignore("authentication");
        }
    }

    private Optional<SourceFactory> factory(String name) {
        Optional<SourceFactory> factory = connectors.source(name);
        List<String> names = connectors.catalog().names(Kind.SOURCE);
        if (factory.isEmpty() && Connectors.LATER_SOURCES.contains(name)) {
            source.problem("name", "source '" + name + "' is not available in this version yet", "wisent source list");
        } else if (factory.isEmpty()) {
            String hint = Names.guess(source, "name", name, names, "there are: " + String.join(", ", names));
            source.problem("name", "there is no source" + source.quoted("name"), hint);
        }
        return factory;
    }

    private Optional<SyncMode> syncMode() {
        String mode = Names.lower(source, "sync_mode", "");
        return switch (mode) {
            case "" -> Optional.empty();
            case "full_refresh" -> Optional.of(SyncMode.FULL_REFRESH);
            case "incremental" -> Optional.of(SyncMode.INCREMENTAL);
            case "stream", "streaming" -> Optional.of(SyncMode.STREAM);
            default -> {
                List<String> modes = List.of("full_refresh", "incremental", "stream");
                source.problem(
                        "sync_mode",
                        "must be one of " + String.join(", ", modes),
                        Names.guess(source, "sync_mode", mode, modes, ""));
                yield Optional.empty();
            }
        };
    }

    private void known(SourceFactory factory, StreamId stream, Optional<SyncMode> mode) {
        List<StreamInfo> streams = factory.knownStreams();
        if (streams.isEmpty()) {
            return;
        }
        List<String> names = streams.stream().map(info -> info.id().name()).toList();
        Optional<StreamInfo> info =
                streams.stream().filter(s -> s.id().equals(stream)).findFirst();
        if (info.isEmpty()) {
            source.problem(
                    "stream",
                    "source '" + factory.name() + "' has no stream" + source.quoted("stream"),
                    Names.guess(source, "stream", stream.name(), names, "it has: " + String.join(", ", names)));
        } else if (mode.isPresent() && !info.get().modes().contains(mode.get())) {
            source.problem("sync_mode", unsupported(info.get(), mode.get()), "");
        }
    }

    static String unsupported(StreamInfo info, SyncMode mode) {
        return "stream '" + info.id() + "' can't be read with sync_mode " + text(mode) + ", only with "
                + String.join(
                        ", ",
                        info.modes().stream().map(SourceReader::text).sorted().toList());
    }

    static String text(SyncMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
