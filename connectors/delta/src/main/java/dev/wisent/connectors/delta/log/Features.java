package dev.wisent.connectors.delta.log;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a table asks of its writers, and whether this one can do it. A table is refused rather than written wrongly: by a
/// feature nobody here knows, or by a known one that is in use and asks for more than adding files.
///
/// Source: the protocol's section "Table Features" and "Requirements for Writers".
public final class Features {
    /// From this reader version on, features are named one by one.
    public static final int READER_FEATURES = 3;
    /// From this writer version on, features are named one by one.
    public static final int WRITER_FEATURES = 7;

    private static final String TIMESTAMP_NTZ = "timestampNtz";
    private static final String APPEND_ONLY = "delta.appendOnly";
    /// What older writer versions stand for.
    private static final List<List<String>> LEGACY = List.of(
            List.of(),
            List.of(),
            List.of("appendOnly", "invariants"),
            List.of("checkConstraints"),
            List.of("changeDataFeed", "generatedColumns"),
            List.of("columnMapping"),
            List.of("identityColumns"));
    /// Those that ask nothing of a writer that adds whole files with statistics, or only when [#inUse] says so.
    private static final Set<String> KNOWN = Set.of(
            "appendOnly",
            "invariants",
            "checkConstraints",
            "changeDataFeed",
            "generatedColumns",
            "columnMapping",
            "identityColumns",
            TIMESTAMP_NTZ,
            "domainMetadata",
            "v2Checkpoint",
            "vacuumProtocolCheck",
            "deletionVectors",
            "clustering",
            "checkpointProtection",
            TypeWidening.FEATURE);

    private static final Pattern INVARIANT = Pattern.compile("\"delta\\.invariants\"");
    private static final Pattern GENERATED = Pattern.compile("\"delta\\.generationExpression\"");
    private static final Pattern IDENTITY = Pattern.compile("\"delta\\.identity\\.");

    private Features() {}

    /// The lowest protocol a new table with this schema needs.
    public static Action.Protocol lowest(Schema schema) {
        return DeltaSchema.has(schema, DataType.TIMESTAMP_NTZ)
                ? new Action.Protocol(
                        READER_FEATURES,
                        WRITER_FEATURES,
                        List.of(TIMESTAMP_NTZ),
                        List.of("appendOnly", "invariants", TIMESTAMP_NTZ))
                : new Action.Protocol(1, 2, List.of(), List.of());
    }

    /// The protocol after a column of `schema` came to a table of `protocol`: itself, or with what the column needs.
    public static Action.Protocol including(Action.Protocol protocol, Schema schema) {
        return DeltaSchema.has(schema, DataType.TIMESTAMP_NTZ) ? with(protocol, TIMESTAMP_NTZ) : protocol;
    }

    /// The protocol with a feature that readers and writers must know, and nothing else.
    static Action.Protocol with(Action.Protocol protocol, String feature) {
        if (protocol.writerFeatures().contains(feature)) {
            return protocol;
        }
        TreeSet<String> readers = new TreeSet<>(protocol.readerFeatures());
        readers.add(feature);
        if (protocol.reader() == 2) {
            readers.add("columnMapping");
        }
        TreeSet<String> writers = new TreeSet<>(features(protocol));
        writers.add(feature);
        return new Action.Protocol(READER_FEATURES, WRITER_FEATURES, List.copyOf(readers), List.copyOf(writers));
    }

    /// Why a table must not be written by us; empty: it may.
    public static Optional<String> refusal(Action.Protocol protocol, Action.MetaData metaData) {
        if (protocol.reader() > READER_FEATURES || protocol.writer() > WRITER_FEATURES) {
            return Optional.of(
                    "its protocol is reader version " + protocol.reader() + ", writer version " + protocol.writer());
        }
        List<String> features = features(protocol);
        Optional<String> unknown =
                features.stream().filter(feature -> !KNOWN.contains(feature)).findFirst();
        if (unknown.isPresent()) {
            return unknown.map(feature -> "it has the feature '" + feature + "'");
        }
        return inUse(metaData);
    }

    /// Whether rows may be removed, as a full refresh does.
    public static boolean isAppendOnly(Action.MetaData metaData) {
        return isOn(metaData.configuration(), APPEND_ONLY);
    }

    private static List<String> features(Action.Protocol protocol) {
        List<String> features = new ArrayList<>();
        if (protocol.writer() >= WRITER_FEATURES) {
            features.addAll(protocol.writerFeatures());
            protocol.readerFeatures().stream()
                    .filter(f -> !features.contains(f))
                    .forEach(features::add);
        } else {
            LEGACY.stream().limit(protocol.writer() + 1L).forEach(features::addAll);
        }
        return features;
    }

    private static Optional<String> inUse(Action.MetaData metaData) {
        Map<String, String> properties = metaData.configuration();
        String mapping = properties.getOrDefault("delta.columnMapping.mode", "none");
        if (!mapping.toLowerCase(Locale.ROOT).equals("none")) {
            return Optional.of("its columns are mapped by " + mapping + " (delta.columnMapping.mode)");
        }
        Optional<String> constraint = properties.keySet().stream()
                .filter(key -> key.startsWith("delta.constraints."))
                .findFirst();
        if (constraint.isPresent()) {
            return constraint.map(key -> "it has the constraint " + key.substring("delta.constraints.".length()));
        }
        if (INVARIANT.matcher(metaData.schema()).find()) {
            return Optional.of("a column has an invariant");
        }
        if (GENERATED.matcher(metaData.schema()).find()) {
            return Optional.of("a column is generated");
        }
        if (IDENTITY.matcher(metaData.schema()).find()) {
            return Optional.of("a column is an identity");
        }
        if (properties.containsKey("delta.setTransactionRetentionDuration")) {
            return Optional.of("it forgets how far its writers are (delta.setTransactionRetentionDuration)");
        }
        return Optional.empty();
    }

    private static boolean isOn(Map<String, String> properties, String key) {
        return properties.getOrDefault(key, "false").toLowerCase(Locale.ROOT).equals("true");
    }
}
