package dev.wisent.engine.internal.run;

import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.commit.Splits;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.internal.task.Turn;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The plan of an attempt: asks the planner for pages while the queues have room, keeps which splits were named and
/// which are finished.
final class Plan {
    /// So many splits wait at most: enough for every worker, few enough for memory.
    private static final int MAX_WAITING = 1000;
    private static final SplitView NAMED = new SplitView(Position.START, false);
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final long ASK_AGAIN_NANOS = Duration.ofMillis(20).toNanos();

    /// Called when the generation in the making no longer fits the plan.
    private final Runnable outdated;
    private final RunServices services;
    private final Workforce workforce;
    private final GenerationView content;
    private final boolean mustNameAll;
    private final Planner planner;
    private final StreamState opening;
    private final Optional<Schema> schema;
    private final Splits planned = new Splits();
    private final Set<SplitId> unfinished = new HashSet<>();
    private boolean complete;
    private boolean stopped;

    Plan(
            StreamJob job,
            RunServices services,
            Workforce workforce,
            GenerationView live,
            Optional<GenerationView> open,
            Goal goal,
            Runnable outdated) {
        workforce.tally().expectsAnew();
        this.outdated = outdated;
        this.services = services;
        this.workforce = workforce;
        this.content = goal.content(live, open);
        this.mustNameAll = job.mode() == SyncMode.FULL_REFRESH;
        StreamState state = open.map(GenerationView::opening).orElse(StreamState.EMPTY);
        this.planner = services.source()
                .plan(new ReadRequest(
                        job.stream(),
                        job.mode(),
                        Strands.without(ReplaySplits.without(content)),
                        state,
                        content.schema(),
                        goal.accepted(live)));
        this.opening = planner.opening();
        this.schema = planner.schema();
    }

    StreamState opening() {
        return opening;
    }

    Optional<Schema> schema() {
        return schema;
    }

    Turn turn() {
        if (complete || stopped) {
            return new Turn.Idle(Long.MAX_VALUE);
        }
        if (workforce.waitingSplits() >= MAX_WAITING) {
            return new Turn.Idle(services.host().nanos() + ASK_AGAIN_NANOS);
        }
        return switch (planner.next(NO_WAIT)) {
            case PlanPage.Splits(List<Split> splits, List<SplitId> forget) -> {
                splits.forEach(this::plan);
                if (!forget.isEmpty()) {
                    workforce.committer(LaneId.FIRST).order(new LaneCommitter.Order.Forget(forget));
                }
                yield Turn.BUSY;
            }
            case PlanPage.NothingNew nothing -> new Turn.Idle(services.host().nanos() + ASK_AGAIN_NANOS);
            case PlanPage.Complete all -> {
                complete = true;
                workforce.tally().expectsNoMore();
                if (holdsStrays()) {
                    outdated.run();
                } else {
                    workforce.noMoreSplits();
                }
                yield Turn.BUSY;
            }
        };
    }

    private void plan(Split split) {
        if (planned.find(split.id()).isPresent()) {
            return;
        }
        planned.put(split.id(), NAMED);
        if (content.isFinished(split.id()) && services.upholds(EngineRule.FINISHED_IS_NOT_PLANNED)) {
            return;
        }
        unfinished.add(split.id());
        workforce.quiet().broken();
        workforce.tally().expects(split.bytes());
        workforce.enqueue(split, content.position(split.id()));
    }

    /// A full refresh that holds a split the source no longer has can't be finished: it would publish what is gone.
    private boolean holdsStrays() {
        return mustNameAll
                && services.upholds(EngineRule.DROPS_STRAYS)
                && content.splits().keySet().stream()
                        .anyMatch(split -> planned.find(split).isEmpty() && !Strands.isOne(split));
    }

    /// Every split was named and is committed to its end.
    boolean isFinished() {
        return complete && unfinished.isEmpty();
    }

    Set<SplitId> unfinished() {
        return Set.copyOf(unfinished);
    }

    void stop() {
        stopped = true;
    }

    List<String> warnings() {
        return planner.warnings();
    }

    void close() {
        planner.close();
    }

    void committed(List<Advance> advances) {
        advances.stream().filter(Advance::finished).map(Advance::split).forEach(unfinished::remove);
    }
}
