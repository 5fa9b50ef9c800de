package dev.wisent.cli.internal.config;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.cli.internal.config.PipelineSpec.Start;
import dev.wisent.engine.plugin.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads the keys of `source:` that all sources share, and finds the factory that reads the others.
final class SourceReader {
    static final Key<String> NAME =
            Key.text("name").about("a name of `wisent source list`").required();
    static final Key<List<String>> STREAM = Key.texts("stream")
            .about(
                    "a stream of that source, or several: a list, or a pattern with `*` and `?`. For `files` any name you like")
            .required();
    private static final Key<Optional<SyncMode>> SYNC_MODE = Key.choice(
                    "sync_mode", modes(), Map.of("streaming", SyncMode.STREAM), Map.of())
            .about("what a run means, see below. `streaming` is the same as `stream`")
            .optional("the stream's own");
    private static final Key<Optional<String>> CURSOR_FIELD =
            Key.text("cursor_field").about("the field that tells what is new").optional();
    private static final Key<List<String>> PRIMARY_KEY = Key.texts("primary_key")
            .about("the columns that identify a row; a destination that can merge merges by them, see `write_mode`")
            .orEmpty();
    private static final Key<Long> MAX_RECORD_BYTES = Key.whole("max_record_bytes", 1, Integer.MAX_VALUE)
            .about("a larger record is a reject, and is never held in memory as a whole")
            .standard(SourceSettings.DEFAULT_MAX_RECORD_BYTES);
    private static final Key<Long> MAX_ITERATIONS = Key.whole("max_iterations")
            .about(
                    "the run stops after so many pages (for files: chunks of 256 KB, and then the end of the file). What was read is committed; a generation "
                            + "in the making is not published, and the next run goes on with it")
            .standard(0L, "0: no limit");
    private static final Key<Boolean> RESET = Key.truth("reset")
            .about(
                    "each run is a [reset](cli.md#stream-reset), with a warning. Nothing for a full refresh; refused for `stream`")
            .standard(false);
    private static final Key<Boolean> FORCE_IGNORE_CHECKPOINT = Key.truth("force_ignore_checkpoint")
            .about(
                    "drops what an earlier run left unpublished and begins anew. Refused where each commit is visible at once: there "
                            + "it would repeat every row")
            .standard(false);
    private static final Key<?> NO_AUTHENTICATION =
            Key.refused("authentication", "is not for this source: it asks for no credentials", "leave it out");

    /// What every source has.
    static final ConfigShape KEYS = ConfigShape.of(
            NAME,
            STREAM,
            SYNC_MODE,
            CURSOR_FIELD,
            PRIMARY_KEY,
            MAX_RECORD_BYTES,
            MAX_ITERATIONS,
            RESET,
            FORCE_IGNORE_CHECKPOINT,
            Key.refused("config", "is not for sources", "write its keys beside 'name'"),
            Key.idle("init_pipeline", "a pipeline needs no preparation"),
            Key.idle("api_config", "retries have a time budget (engine.retry.budget)"),
            Key.refused(
                    "source_file_path",
                    "names a source written in Python, which can't run here",
                    "write the records to a file and read it with source 'files'"));

    private final ConfigSection source;
    private final Connectors connectors;

    SourceReader(ConfigSection source, Connectors connectors) {
        this.source = source;
        this.connectors = connectors;
    }

    /// What stands in the section of a source of this kind.
    static ConfigShape shape(SourceFactory factory) {
        ConfigShape shape = KEYS.and(factory.keys());
        return shape.key(NO_AUTHENTICATION.name()).isPresent() ? shape : shape.and(NO_AUTHENTICATION);
    }

    /// What was read before the factory is asked.
    ///
    /// @param streams names and patterns; the settings have the first

    record Common(
            String connector,
            Optional<SourceFactory> factory,
            List<String> streams,
            SourceSettings settings,
            OptionalLong maxIterations,
            Start start) {}

    Common read(String pipelineId) {
        String connector = Names.required(source, NAME);
        Optional<SourceFactory> factory = source.has(NAME.name()) ? factory(connector) : Optional.empty();
        factory.ifPresent(found -> source.expect(shape(found)));
        List<String> streams = streams();
        StreamId stream = new StreamId(streams.getFirst());
        Optional<SyncMode> mode = source.read(SYNC_MODE);
        factory.filter(f -> source.has("stream")).ifPresent(f -> streams.forEach(name -> known(f, name, mode)));
        SourceSettings plain = new SourceSettings(
                pipelineId,
                stream,
                mode,
                source.read(CURSOR_FIELD),
                source.read(PRIMARY_KEY),
                source.read(MAX_RECORD_BYTES),
                connectors.stores(),
                connectors.formats());
        SourceSettings settings = plain.with(connectors.drivers());
        long cap = source.read(MAX_ITERATIONS);
        return new Common(
                connector, factory, streams, settings, cap == 0 ? OptionalLong.empty() : OptionalLong.of(cap), start());
    }

    private List<String> streams() {
        List<String> names = source.read(STREAM);
        if (names.isEmpty() && source.has(STREAM.name())) {
            source.problem(STREAM.name(), "names no stream", "");
        }
        if (names.stream().anyMatch(String::isBlank)) {
            source.problem(STREAM.name(), "must not be empty", "");
        }
        List<String> streams = names.stream().filter(name -> !name.isBlank()).toList();
        return streams.isEmpty() ? List.of("stream") : streams;
    }

    private Start start() {
        boolean ignore = source.read(FORCE_IGNORE_CHECKPOINT);
        if (source.read(RESET)) {
            return Start.RESET;
        }
        return ignore ? Start.IGNORE_CHECKPOINT : Start.RESUME;
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

    private static Map<String, SyncMode> modes() {
        Map<String, SyncMode> modes = new LinkedHashMap<>();
        for (SyncMode mode : SyncMode.values()) {
            modes.put(text(mode), mode);
        }
        return modes;
    }

    private void known(SourceFactory factory, String stream, Optional<SyncMode> mode) {
        List<StreamInfo> streams = factory.knownStreams();
        if (streams.isEmpty()) {
            return;
        }
        List<String> names = streams.stream().map(info -> info.id().name()).toList();
        Optional<StreamInfo> info =
                streams.stream().filter(s -> s.id().name().equals(stream)).findFirst();
        if (SeveralStreams.isPattern(stream) && names.stream().anyMatch(name -> SeveralStreams.matches(stream, name))) {
            return;
        }
        if (info.isEmpty()) {
            source.problem(
                    "stream",
                    "source '" + factory.name() + "' has no stream" + quoted(stream),
                    Names.guess(source, "stream", stream, names, "it has: " + String.join(", ", names)));
        } else if (mode.isPresent() && !info.get().modes().contains(mode.get())) {
            source.problem("sync_mode", unsupported(info.get(), mode.get()), "");
        }
    }

    /// A name of a list has no place of its own, and may have come from a reference.
    private String quoted(String stream) {
        if (source.raw(STREAM.name()).orElse(null) instanceof ConfigNode.Sequence(List<ConfigNode> items, var place)) {
            boolean written = items.stream()
                    .anyMatch(item -> item instanceof ConfigNode.Scalar scalar
                            && scalar.text().equals(stream)
                            && scalar.origin() == ConfigNode.Origin.FILE);
            return written ? " '" + stream + "'" : "";
        }
        return source.quoted(STREAM.name());
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
