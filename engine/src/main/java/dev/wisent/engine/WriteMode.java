package dev.wisent.engine;

import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the rows of a stream meet those that are there, and why.
///
/// @param primaryKey what they are merged by; empty: they are appended
/// @param why for people
public record WriteMode(List<String> primaryKey, String why) {
    public WriteMode {
        primaryKey = List.copyOf(primaryKey);
    }

    public Commit.Mode mode() {
        return primaryKey.isEmpty() ? Commit.Mode.APPEND : Commit.Mode.MERGE;
    }

    /// What a run would do. Asks the source for its streams; refuses a merge that can't be.
    public static WriteMode of(Pipeline pipeline, Capabilities capabilities) {
        DestinationSettings settings = pipeline.destinationSettings();
        if (settings.writeMode() == Commit.Mode.APPEND) {
            return new WriteMode(List.of(), whyAppend(pipeline, capabilities));
        }
        if (!capabilities.modes().contains(Commit.Mode.MERGE)) {
            throw refused("this destination can't merge rows", "write_mode: append");
        }
        if (settings.primaryKey().isEmpty()) {
            return checked(new WriteMode(ownKeys(pipeline), "by the stream's own keys"), pipeline);
        }
        return checked(new WriteMode(settings.primaryKey(), "source.primary_key is given"), pipeline);
    }

    /// As [#of], from the settings alone: what the rows are merged by in a run that [#of] allowed.
    static List<String> key(Pipeline pipeline) {
        DestinationSettings settings = pipeline.destinationSettings();
        if (settings.writeMode() == Commit.Mode.APPEND) {
            return List.of();
        }
        return settings.primaryKey().isEmpty() ? ownKeys(pipeline) : settings.primaryKey();
    }

    /// When rows become visible: merged rows with each commit, for a merge can be repeated.
    public static Traits.Publish publish(Pipeline pipeline) {
        return pipeline.destinationSettings().writeMode() == Commit.Mode.MERGE
                ? Traits.Publish.EACH_COMMIT
                : pipeline.publish()
                        .orElseGet(() ->
                                pipeline.source().traits(pipeline.stream()).publish());
    }

    private static String whyAppend(Pipeline pipeline, Capabilities capabilities) {
        if (pipeline.destinationSettings().primaryKey().isEmpty()) {
            return "no source.primary_key is given";
        }
        if (!capabilities.modes().contains(Commit.Mode.MERGE)) {
            return "this destination can't merge rows";
        }
        return PipelineRun.mode(pipeline) == SyncMode.FULL_REFRESH
                ? "a full refresh replaces everything"
                : "write_mode or sync_mode does not ask for more";
    }

    private static List<String> ownKeys(Pipeline pipeline) {
        List<String> keys = PipelineRun.info(pipeline).keys();
        if (keys.isEmpty()) {
            throw refused(
                    "rows of stream '" + pipeline.stream() + "' can't be merged: it has no keys of its own",
                    "name the columns in source.primary_key, or take write_mode: append");
        }
        return keys;
    }

    /// The columns of the key must be there, as far as the columns are known before rows come.
    private static WriteMode checked(WriteMode mode, Pipeline pipeline) {
        DestinationSettings settings = pipeline.destinationSettings();
        List<Schema> declared = new ArrayList<>(settings.targetSchemas().values());
        settings.defaultSchema().ifPresent(declared::add);
        boolean all = settings.defaultSchema().isPresent()
                || (pipeline.routes().isEmpty() && settings.targetSchemas().containsKey(pipeline.target()));
        declared.forEach(schema -> holds(mode, schema, pipeline.target()));
        if (!all && pipeline.source().traits(pipeline.stream()).shape() == Traits.Shape.RECORDS) {
            throw refused(
                    "records that are written in the envelope can't be merged: their columns are not known",
                    "declare the columns: unnest: true with record_schemas");
        }
        if (declared.isEmpty()) {
            Optional<Schema> known = PipelineRun.checkTransforms(pipeline);
            known.ifPresent(schema -> holds(mode, schema, pipeline.target()));
        }
        return mode;
    }

    private static void holds(WriteMode mode, Schema schema, TargetId target) {
        List<String> columns = schema.fields().stream().map(Field::name).toList();
        for (String key : mode.primaryKey()) {
            if (!columns.contains(key)) {
                throw refused(
                        "rows for '" + target + "' can't be merged by '" + key + "': they have no such column",
                        "their columns: " + String.join(", ", columns));
            }
        }
    }

    private static WisentException refused(String what, String hint) {
        return WisentException.of(ErrorCode.NOT_SUPPORTED, what).hint(hint);
    }
}
