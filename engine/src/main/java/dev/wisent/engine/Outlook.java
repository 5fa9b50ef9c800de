package dev.wisent.engine;

import dev.wisent.api.Position;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.source.Lag;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.internal.run.Goal;
import dev.wisent.engine.internal.run.ReplaySplits;
import dev.wisent.engine.internal.run.Strands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a run would do now, found without a claim, a lease or any write.
///
/// @param hidden the kind of generation the rows would go to first; empty: each commit is visible
/// @param writing how the rows would meet those that are there
/// @param open what an earlier run left unpublished
/// @param splits what the planner names, in its order
/// @param planned the stream's schema as the planner sees it; empty: schemaless
/// @param stored the schema that is stored with the progress; empty: none yet
/// @param rows how many there are to read, if that is known
/// @param lag how far what is committed is behind the source, part by part, where the source knows
/// @param changes what would be done to tables, where a destination has tables and their columns are known before rows are read
/// @param warnings what the planner has to say
public record Outlook(
        SyncMode mode,
        Optional<Generation.Kind> hidden,
        WriteMode writing,
        Guarantee guarantee,
        Optional<Open> open,
        List<Planned> splits,
        Optional<Schema> planned,
        Optional<Schema> stored,
        OptionalLong rows,
        List<Lag> lag,
        List<TableChange> changes,
        List<String> warnings) {
    /// A streaming source that has nothing yet is asked this long.
    private static final Duration PATIENCE = Duration.ofMillis(200);

    public Outlook {
        splits = List.copyOf(splits);
        lag = List.copyOf(lag);
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
    }

    /// A generation begun and neither published nor dropped.
    public record Open(OpenGeneration generation, Fate fate) {}

    /// What the next run does with an open generation.
    public enum Fate {
        /// It goes on in it.
        RESUMED,
        /// Options, target or schema have changed since: it is dropped and begun anew.
        OUTDATED,
        /// The run writes another way now: it is dropped.
        OTHER_KIND
    }

    /// @param statements in their order; none: the table is as it has to be
    public record TableChange(TargetId target, List<String> statements) {
        public TableChange {
            statements = List.copyOf(statements);
        }
    }

    /// @param from where reading begins
    public record Planned(Split split, Position from, Stage stage) {}

    public enum Stage {
        NEW,
        BEGUN,
        FINISHED
    }

    /// Asks source and destination. Neither is closed. Transforms that can't work on the stream are refused.
    public static Outlook of(Pipeline pipeline, Destination destination) {
        SyncMode mode = PipelineRun.mode(pipeline);
        PipelineRun.checkTransforms(pipeline);
        QueuedTurn.check(pipeline, destination);
        WriteMode writing = WriteMode.of(pipeline, destination.capabilities());
        Traits traits = pipeline.source().traits(pipeline.stream());
        ProgressView view = destination.progress(pipeline.stream());
        Goal goal = goal(
                Goal.of(
                        mode,
                        WriteMode.publish(pipeline),
                        destination.capabilities(),
                        PipelineRun.fingerprint(pipeline)),
                mode,
                view);
        Optional<Open> open = view.open().map(found -> new Open(found, fate(goal, found)));
        Optional<GenerationView> resumed = open.filter(found -> found.fate() == Fate.RESUMED)
                .map(found -> found.generation().content());
        GenerationView content = goal.content(view.live(), resumed);
        StreamState state = resumed.map(GenerationView::opening).orElse(StreamState.EMPTY);
        ReadRequest request = new ReadRequest(
                pipeline.stream(),
                mode,
                Strands.without(ReplaySplits.without(content)),
                state,
                content.schema(),
                goal.accepted(view.live()));
        try (Planner planner = pipeline.source().plan(request)) {
            planner.opening();
            Optional<Schema> planned = planner.schema();
            List<Planned> splits = splits(planner, content);
            return new Outlook(
                    mode,
                    goal.hidden(),
                    writing,
                    Guarantee.of(traits, destination.capabilities()),
                    open,
                    splits,
                    planned,
                    content.schema().or(() -> view.live().schema()),
                    planner.estimatedRows(),
                    pipeline.source().lag(pipeline.stream()),
                    changes(pipeline, destination, planned, writing.primaryKey(), goal.hidden()),
                    planner.warnings());
        }
    }

    /// Refuses what a run would refuse of the tables at the destination, as far as columns are known before rows are read. Only
    /// looks.
    public static void checkTables(Pipeline pipeline, Destination destination) {
        Goal goal = Goal.of(
                PipelineRun.mode(pipeline),
                WriteMode.publish(pipeline),
                destination.capabilities(),
                PipelineRun.fingerprint(pipeline));
        List<String> mergedBy =
                WriteMode.of(pipeline, destination.capabilities()).primaryKey();
        changes(pipeline, destination, PipelineRun.info(pipeline).schema(), mergedBy, goal.hidden());
    }

    private static List<TableChange> changes(
            Pipeline pipeline,
            Destination destination,
            Optional<Schema> planned,
            List<String> mergedBy,
            Optional<Generation.Kind> hidden) {
        List<TableChange> changes = new ArrayList<>();
        RowSchemas.of(pipeline, planned)
                .forEach((target, columns) -> destination
                        .ddl(pipeline.stream(), target, columns, mergedBy, hidden)
                        .ifPresent(statements -> changes.add(new TableChange(target, statements))));
        return changes;
    }

    /// A reset that was begun is gone on with.
    private static Goal goal(Goal plain, SyncMode mode, ProgressView view) {
        return mode == SyncMode.INCREMENTAL
                ? view.open().flatMap(Goal::resetOf).map(plain::resetting).orElse(plain)
                : plain;
    }

    private static Fate fate(Goal goal, OpenGeneration found) {
        if (goal.fits(found)) {
            return Fate.RESUMED;
        }
        return goal.hidden().equals(Optional.of(found.generation().kind())) ? Fate.OUTDATED : Fate.OTHER_KIND;
    }

    private static List<Planned> splits(Planner planner, GenerationView content) {
        List<Planned> splits = new ArrayList<>();
        while (planner.next(PATIENCE) instanceof PlanPage.Splits(List<Split> page, var forgotten)) {
            page.forEach(split -> splits.add(new Planned(split, content.position(split.id()), stage(split, content))));
        }
        return splits;
    }

    private static Stage stage(Split split, GenerationView content) {
        if (content.isFinished(split.id())) {
            return Stage.FINISHED;
        }
        return content.splits().containsKey(split.id()) ? Stage.BEGUN : Stage.NEW;
    }
}
