package dev.wisent.engine.internal.sim;

import dev.wisent.api.LaneId;
import dev.wisent.api.Reject;
import dev.wisent.api.RejectFile;
import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.engine.internal.run.RejectLog;
import dev.wisent.engine.internal.run.ResetLog;
import dev.wisent.engine.internal.run.RowShaper;
import dev.wisent.engine.internal.run.RunServices;
import dev.wisent.engine.internal.run.StreamJob;
import dev.wisent.engine.internal.run.StreamResult;
import dev.wisent.engine.internal.run.StreamRun;
import dev.wisent.engine.internal.run.Timing;
import dev.wisent.engine.internal.task.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// One simulated history: lives of the engine against one source and one destination, most of them cut short, the last one not.
final class World {
    static final StreamId STREAM = new StreamId("s");
    private static final TargetId TARGET = new TargetId("t");
    private static final int MAX_STEPS = 100_000;
    private static final int LIVES = 5;
    private static final int MAX_LIVES = 40;
    private static final int CRASH_ONE_IN = 150;

    /// Ends the turn of a process that has just died; whoever catches it belongs to the dead.
    private static final class Crashed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    final Random random;
    final Pool pool;
    final Set<Rule> rules;
    final SimSource source;
    private final SimDestination destination;
    private final Scenario scenario;
    private final int maxSteps;
    private final List<Life> lives = new ArrayList<>();
    /// Faults become rarer in the last life, so that it can end.
    boolean lastLife;
    Optional<Life> current = Optional.empty();

    World(long seed, Scenario scenario, Set<Rule> off) {
        this(seed, scenario, off, scenario::source, MAX_STEPS);
    }

    World(long seed, Scenario scenario, Set<Rule> off, Function<Random, SimSource> source, int maxSteps) {
        this.maxSteps = maxSteps;
        this.random = new Random(seed);
        this.pool = new Pool(random);
        this.rules = EnumSet.complementOf(off.isEmpty() ? EnumSet.noneOf(Rule.class) : EnumSet.copyOf(off));
        this.scenario = scenario;
        this.source = source.apply(random);
        this.destination = scenario.destination(this);
        this.source.holder = destination::holder;
    }

    boolean has(Rule rule) {
        return rules.contains(rule);
    }

    /// Plays the history; throws [Violation] when the oracle finds fault.
    void play() {
        for (int i = 0; i < LIVES; i++) {
            lastLife = i == LIVES - 1;
            Life life = begin(i);
            if (lastLife) {
                finish(life);
            } else {
                cutShort(life);
                source.change(random);
            }
        }
        wakeZombies();
        new Oracle(this, source, destination, scenario).check();
    }

    private Life begin(int number) {
        Life life = new Life(number);
        lives.add(life);
        current = Optional.of(life);
        SimHost host = new SimHost(this, life);
        Destination view = destination.of(life);
        StreamRun run = new StreamRun(
                job(life),
                new RunServices(
                        host,
                        source.of(life),
                        view,
                        new SimShipping(),
                        new Parts(scenario.targets()),
                        new SilentListener(),
                        ResetLog.NONE,
                        new AtomicBoolean()));
        life.engine = Optional.of(run);
        host.start(run, Host.Work.COMMIT);
        return life;
    }

    private StreamJob job(Life life) {
        Timing timing = new Timing(
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                Duration.ofMillis(5),
                Duration.ofMillis(200),
                Duration.ofMinutes(10),
                Duration.ofMillis(1),
                Duration.ofMillis(20),
                scenario.mode() == SyncMode.STREAM ? Duration.ofMillis(500) : Duration.ZERO);
        Traits traits = source.traits();
        return new StreamJob(
                STREAM,
                scenario.mode(),
                traits.publish(),
                new RunId(life.run),
                "host",
                life.number,
                TARGET,
                2,
                2,
                1000,
                1 << 20,
                timing,
                StreamJob.OnBadRecord.REJECT,
                0,
                OptionalLong.empty(),
                source.fingerprint(),
                StreamJob.Start.RESUME);
    }

    private void cutShort(Life life) {
        long until = pool.steps + 20 + random.nextInt(maxSteps == MAX_STEPS ? scenario.typicalSteps() : maxSteps / 10);
        boolean stop = random.nextInt(6) == 0;
        while (pool.steps < until && result(life).isEmpty() && life.state == Life.State.RUNNING) {
            step(l -> l == life);
        }
        if (stop && result(life).isEmpty() && life.state == Life.State.RUNNING) {
            life.engine.orElseThrow().stop();
            long most = pool.steps + maxSteps;
            while (result(life).isEmpty() && life.state == Life.State.RUNNING) {
                step(l -> l == life);
                if (pool.steps > most) {
                    throw new Violation("a stop does not end the run (R13)");
                }
            }
        }
        if (result(life).isPresent()) {
            expected(result(life).get(), life);
            life.state = Life.State.DEAD;
        } else if (life.state == Life.State.RUNNING) {
            life.state = random.nextInt(3) < 2 ? Life.State.FROZEN : Life.State.DEAD;
        }
        destination.died(life);
    }

    private void finish(Life first) {
        Life life = first;
        long most = pool.steps + maxSteps;
        while (true) {
            while (result(life).isEmpty()) {
                step(l -> l.state == Life.State.RUNNING);
                if (pool.steps > most) {
                    throw new Violation("the last run does not end: " + pool.describe());
                }
                if (random.nextInt(2000) == 0) {
                    wakeOne();
                }
            }
            StreamResult result = result(life).get();
            expected(result, life);
            life.state = Life.State.DEAD;
            if (result.status() == StreamResult.Status.SUCCEEDED) {
                return;
            }
            // A zombie that woke up may have claimed the lane anew or the source may have expired: the user starts
            // again.
            if (lives.size() > MAX_LIVES) {
                throw new Violation("run after run fails: " + result);
            }
            life = begin(lives.size());
        }
    }

    private void expected(StreamResult result, Life life) {
        result.error().ifPresent(error -> {
            switch (error.code()) {
                case TAKEN_OVER, SOURCE_EXPIRED, NO_PROGRESS -> {}
                default ->
                    throw new Violation(
                            "a run failed: " + result.commits() + " " + error.code() + " " + error.what(), error);
            }
        });
        destination.checkLedger(result, life.run);
    }

    private void wakeOne() {
        lives.stream().filter(l -> l.state == Life.State.FROZEN).findAny().ifPresent(l -> l.state = Life.State.RUNNING);
    }

    private void wakeZombies() {
        lives.stream().filter(l -> l.state == Life.State.FROZEN).forEach(l -> l.state = Life.State.RUNNING);
        long most = pool.steps + maxSteps;
        while (lives.stream()
                .anyMatch(l -> l.state == Life.State.RUNNING && result(l).isEmpty())) {
            if (!pool.step(l -> true)) {
                throw new Violation("a zombie waits for ever: " + pool.describe());
            }
            if (pool.steps > most) {
                throw new Violation("a zombie does not end: " + pool.describe());
            }
        }
        lives.stream()
                .filter(l -> l.state == Life.State.RUNNING)
                .forEach(l -> expected(result(l).orElseThrow(), l));
    }

    private void step(java.util.function.Predicate<Life> who) {
        destination.deliverLate();
        boolean waiting = lives.stream()
                .anyMatch(l -> who.test(l)
                        && l.state == Life.State.RUNNING
                        && result(l).isEmpty());
        if (!pool.step(who) && waiting) {
            throw new Violation("nothing moves and nobody waits for a time (R10): " + pool.describe()
                    + lives.stream()
                            .map(l -> l.run
                                    + l.state
                                    + result(l)
                                            .map(r -> r.status() + "" + r.error())
                                            .orElse("-"))
                            .toList());
        }
    }

    private static Optional<StreamResult> result(Life life) {
        return life.engine.orElseThrow().result();
    }

    /// Inside a destination's multi-step operation: this process may die here, or other lives go on, for a while or for long,
    /// as if it were stopped.
    void between(Life life) {
        // In the last life nobody dies: what a killed run was about to show is shown by the next one only.
        if (life.number >= 0 && !lastLife && random.nextInt(CRASH_ONE_IN) == 0) {
            life.state = Life.State.DEAD;
            destination.died(life);
            throw new Crashed();
        }
        life.inCall++;
        try {
            int steps = switch (random.nextInt(12)) {
                case 0 -> 3;
                case 1 -> 60;
                case 2 -> 800;
                default -> 0;
            };
            if (lives.stream().anyMatch(l -> l != life && l.state == Life.State.FROZEN) && random.nextInt(8) == 0) {
                wakeOne();
            }
            for (int i = 0; i < steps; i++) {
                if (lives.stream().noneMatch(l -> l != life && l.state == Life.State.RUNNING && l.inCall == 0)
                        || !pool.step(l -> l != life)) {
                    return;
                }
            }
        } finally {
            life.inCall--;
        }
    }

    /// Routes rows to their target by id.
    private record Parts(int targets) implements RunServices.Parts {
        @Override
        public RowShaper shaper(StreamId stream) {
            return (origin, batch, out) -> {
                for (int target = 0; target < targets; target++) {
                    RecordBatch routed = RecordBatch.of(SimSource.SCHEMA);
                    for (long id : ids(batch)) {
                        if (id % targets == target) {
                            ((LongColumn) routed.column(0)).append(id);
                            routed.endRow();
                        }
                    }
                    out.write(new TargetId("t" + target), routed);
                }
            };
        }

        @Override
        public RejectLog rejects(LaneId lane, int worker) {
            return new SimRejects();
        }
    }

    /// Rejects in memory; sealing gives them a name.
    private static final class SimRejects implements RejectLog {
        private long count;

        @Override
        public void add(Reject reject) {
            count++;
        }

        @Override
        public Optional<RejectFile> seal() {
            Optional<RejectFile> file = count == 0 ? Optional.empty() : Optional.of(new RejectFile("rejects", count));
            count = 0;
            return file;
        }

        @Override
        public void discard() {
            count = 0;
        }
    }

    private static final class SilentListener implements RunServices.Listener {
        @Override
        public void committed(Commit commit) {}

        @Override
        public void warning(String text) {}
    }

    /// One id column is all a simulated row has.
    static long[] ids(RecordBatch batch) {
        long[] ids = new long[batch.rows()];
        LongColumn column = (LongColumn) batch.column(0);
        for (int i = 0; i < ids.length; i++) {
            ids[i] = column.get(i);
        }
        return ids;
    }
}
