package dev.wisent.cli.internal.config;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.columnar.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what is said of single targets beside their columns and types. A destination that makes no tables does nothing with
/// it, which is a warning.
///
/// @param config the `config` of the destination
/// @param schemas the declared columns of targets, as far as they are used
record TablesReader(
        ConfigSection config,
        ConfigProblems problems,
        Optional<DestinationFactory> factory,
        Map<TargetId, Schema> schemas) {
    private static final String CLUSTERING_KEYS = RecordSchemas.CLUSTERING_KEYS.name();
    private static final String DEFAULT = RecordSchemas.DEFAULT.name();

    /// The clustering keys of targets.
    ///
    /// @param routed what `streams:` says of targets; `record_schemas`, if they are used, win
    Map<TargetId, List<String>> read(Map<TargetId, ConfigSection> routed) {
        Map<TargetId, List<String>> keys = new LinkedHashMap<>();
        routed.forEach((target, section) -> {
            put(keys, target, section);
            defaults(section, StreamsReader.RECORD_SCHEMA);
        });
        if (config.read(DestinationReader.UNNEST)) {
            for (ConfigSection declared : config.read(RecordSchemas.KEY)) {
                String target = declared.read(RecordSchemas.TARGET);
                if (!target.isBlank()) { // a missing name is told where the columns are read
                    put(keys, new TargetId(target), declared);
                }
                defaults(declared, RecordSchemas.COLUMNS);
            }
        }
        return keys;
    }

    private boolean meansNothing(ConfigSection section, String key, String why) {
        boolean nothing = factory.isPresent() && !factory.get().makesTables();
        if (nothing) {
            warn(
                    section,
                    key,
                    "means nothing here: destination '" + factory.get().name() + "' " + why);
        }
        return nothing;
    }

    private void warn(ConfigSection section, String key, String message) {
        problems.warn(section.place(key), section.path() + "." + key, message);
    }

    private void put(Map<TargetId, List<String>> keys, TargetId target, ConfigSection section) {
        List<String> columns = section.read(RecordSchemas.CLUSTERING_KEYS);
        if (columns.isEmpty() || meansNothing(section, CLUSTERING_KEYS, "does not cluster")) {
            return;
        }
        Optional<Schema> known = Optional.ofNullable(schemas.get(target));
        columns.stream()
                .filter(column ->
                        known.isPresent() && known.get().indexOf(column).isEmpty())
                .forEach(column -> section.problem(CLUSTERING_KEYS, "there is no column '" + column + "'", ""));
        keys.put(target, columns);
    }

    private void defaults(ConfigSection target, Key<List<ConfigSection>> columns) {
        for (ConfigSection column : target.read(columns)) {
            boolean said = column.read(RecordSchemas.DEFAULT).isPresent();
            if (said && !meansNothing(column, DEFAULT, "has no defaults") && RecordSchemas.isLost(column)) {
                warn(column, DEFAULT, "is no constant of the column's type: its table gets no default");
            }
        }
    }
}
