package dev.wisent.cli.internal.config;

import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import java.util.List;
import java.util.Optional;

/// Reads `write_mode`, and decides it where it is left out: as far as the file and the connectors' kinds tell, without
/// asking a source.
final class WriteModeReader {
    static final Key<Optional<Commit.Mode>> WRITE_MODE = Key.choice("write_mode", Commit.Mode.class)
            .about(
                    "how rows meet those that are there: `append` adds them, `merge` puts each in the place of the one with the same `primary_key`")
            .optional(
                    "`merge` where the destination can, `primary_key` is given and `sync_mode` is `incremental` or `stream`; else `append`");

    private final ConfigSection config;
    private final Optional<DestinationFactory> factory;
    private final SourceReader.Common source;

    WriteModeReader(ConfigSection config, Optional<DestinationFactory> factory, SourceReader.Common source) {
        this.config = config;
        this.factory = factory;
        this.source = source;
    }

    /// `settings` with the write mode, the key and the cursor in it.
    DestinationSettings read(DestinationSettings settings) {
        SourceSettings from = source.settings();
        Optional<Commit.Mode> said = config.read(WRITE_MODE);
        boolean merges = said.map(mode -> mode == Commit.Mode.MERGE).orElseGet(this::isDueByItself);
        if (said.equals(Optional.of(Commit.Mode.MERGE))) {
            refuseWhatCant();
        }
        return merges
                ? settings.merging(from.primaryKey(), from.cursorField())
                : settings.appending(from.primaryKey(), from.cursorField());
    }

    private boolean isDueByItself() {
        Optional<SyncMode> mode = source.settings().syncMode().or(() -> stream().map(StreamInfo::defaultMode));
        return !source.settings().primaryKey().isEmpty()
                && mode.filter(m -> m != SyncMode.FULL_REFRESH).isPresent()
                && factory.filter(WriteModeReader::canMerge).isPresent();
    }

    private void refuseWhatCant() {
        factory.filter(found -> !canMerge(found))
                .ifPresent(found -> config.problem(
                        WRITE_MODE.name(),
                        "destination '" + found.name() + "' can't merge rows",
                        "write_mode: append adds them; sync_mode: full_refresh replaces everything"));
        boolean hasNoKeys = stream().map(info -> info.keys().isEmpty()).orElse(false);
        if (source.settings().primaryKey().isEmpty() && hasNoKeys) {
            config.problem(
                    WRITE_MODE.name(),
                    "needs a primary_key: stream '" + source.settings().stream() + "' has no keys of its own",
                    "name the columns in source.primary_key");
        }
    }

    /// What is known of the stream without asking the source.
    private Optional<StreamInfo> stream() {
        List<StreamInfo> known = source.factory().map(f -> f.knownStreams()).orElse(List.of());
        return known.stream()
                .filter(info -> info.id().equals(source.settings().stream()))
                .findFirst();
    }

    private static boolean canMerge(DestinationFactory factory) {
        return factory.modes().contains(Commit.Mode.MERGE);
    }
}
