package dev.wisent.engine.internal.sim;

import dev.wisent.api.LaneId;
import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.source.Traits;
import dev.wisent.engine.internal.lease.ProgressCopy;
import dev.wisent.engine.internal.lease.StoreWrites;
import dev.wisent.engine.internal.queue.Extraction;
import dev.wisent.engine.internal.queue.LaneLoader;
import dev.wisent.engine.internal.queue.Loading;
import dev.wisent.engine.internal.run.EngineRule;
import dev.wisent.engine.internal.run.ResetLog;
import dev.wisent.engine.internal.run.RunServices;
import dev.wisent.engine.internal.run.StreamJob;
import dev.wisent.engine.internal.run.StreamResult;
import dev.wisent.engine.internal.run.StreamRun;
import dev.wisent.engine.internal.run.Timing;
import dev.wisent.engine.internal.task.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One simulated history: lives of the engine against one source and one destination, most of them cut short, the last one not.
final class World {
    static final StreamId STREAM = new StreamId("s");
    static final Duration GRACE = Duration.ofMillis(200);
    /// How many shares may be overdrawn at once: one for each jumbo permit.
    static final int GIANTS = 2;
    private static final TargetId TARGET = new TargetId("t");
    private static final int LIVES = 5;
    private static final int MAX_LIVES = 40;
    private static final int CRASH_ONE_IN = 150;

    private static final String JOB = "p.s";
    private static final int BLOCK_BYTES = 100;
    private static final int MOST_TRIES = 1000;
    private static final long MOST_HELD = 1 << 20;
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration STAND_BY = Duration.ofMillis(60);
    private static final int LOADERS = 100;
    private static final long STEPS_OF_A_LOADER = 300;
    private static final int LOADER_LOST_ONE_IN = 600;

    /// Ends the turn of a process that has just died; whoever catches it belongs to the dead.
    private static final class Crashed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    final Random random;
    final Pool pool;
    final Judge judge;
    private final String runs;
    private final Set<Rule> off;
    private final SimSource source;
    private final SimDestination destination;
    private final Scenario scenario;
    private final Scale scale;
    private final Leases leases;
    private final Optional<SimQueue> queue;
    private final List<Life> lives = new ArrayList<>();
    private int loadersLost;
    private int names;
    /// Faults become rarer in the last life, so that it can end.
    boolean lastLife;

    World(long seed, Scenario scenario, Set<Rule> off) {
        this(seed, scenario, off, scenario::source, Scale.USUAL);
    }

    World(long seed, Scenario scenario, Set<Rule> off, Function<Random, SimSource> source, Scale scale) {
        this(
                seed,
                scenario,
                off,
                source,
                scale,
                "run",
                scenario.followsAnother()
                        ? Optional.of(littered(seed, scenario, off, source, scale))
                        : Optional.empty());
    }

    private World(
            long seed,
            Scenario scenario,
            Set<Rule> off,
            Function<Random, SimSource> source,
            Scale scale,
            String runs,
            Optional<SimQueue> left) {
        this.runs = runs;
        this.scale = scale;
        this.random = new Random(seed);
        this.pool = new Pool(random, scale);
        this.off = off;
        this.scenario = scenario;
        this.judge = pool.judge;
        this.source = source.apply(random);
        this.source.judge = judge;
        this.source.rules = this::has;
        this.destination = scenario.destination(this);
        this.source.holder = destination::holder;
        this.leases = new Leases(this);
        this.queue = scenario.isQueued()
                ? Optional.of(left.map(before -> new SimQueue(this, before)).orElseGet(() -> new SimQueue(this)))
                : Optional.empty();
    }

    /// The queue of a history with another destination, in the middle of which all have died.
    private static SimQueue littered(
            long seed, Scenario scenario, Set<Rule> off, Function<Random, SimSource> source, Scale scale) {
        World former = new World(~seed, scenario, off, source, scale, "former", Optional.empty());
        int lives = 1 + former.random.nextInt(LIVES - 2);
        for (int i = 0; i < lives; i++) {
            former.cutShort(former.begin(i));
            former.source.change(former.random);
        }
        return former.queue.orElseThrow();
    }

    boolean looksAtAll() {
        return scale.looksAtAll();
    }

    boolean has(Rule rule) {
        return !off.contains(rule);
    }

    /// For names that no one else has.
    int nextName() {
        return ++names;
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
        source.rest();
        wakeZombies();
        judge.sentence();
        new Oracle(judge, source, destination).check();
        leases.check(destination);
    }

    private Life begin(int number) {
        Life life = new Life(number, !lastLife, runs);
        leases.take(life);
        lives.add(life);
        SimHost host = new SimHost(this, life);
        Destination view = destination.of(life);
        RunServices services = services(life, host, view);
        if (queue.isPresent()) {
            Extraction extraction = new Extraction(
                    job(life),
                    services,
                    queue.get().of(life),
                    JOB,
                    BLOCK_BYTES,
                    () -> failures -> failures < MOST_TRIES,
                    LOOK);
            life.extraction = Optional.of(extraction);
            life.engine = Optional.of(extraction.run());
            host.start(extraction, Host.Work.COMMIT);
            extraction.start();
            loads();
        } else {
            StreamRun run = new StreamRun(job(life), services);
            life.engine = Optional.of(run);
            host.start(run, Host.Work.COMMIT);
        }
        return life;
    }

    private RunServices services(Life life, SimHost host, Destination view) {
        return new RunServices(
                host,
                source.of(life),
                view,
                new SimShipping(this, life),
                new SimParts(this, life, scenario.targets()),
                scale.keepsCopies() && !life.isLoader()
                        ? new ProgressCopy(leases.storeOf(life), Leases.JOB, view, new StoreWrites(text -> {}), 0)
                        : new SilentListener(),
                ResetLog.NONE,
                life.jumbo,
                leftOut());
    }

    /// Sees to it that somebody loads. A process ends when one of its loaders fails.
    private void loads() {
        lives.stream()
                .filter(l -> l.isLoader() && l.state == Life.State.RUNNING && l.hasFailed())
                .forEach(Life::stop);
        lives.stream()
                .filter(l -> l.isLoader()
                        && l.state == Life.State.RUNNING
                        && result(l).isPresent())
                .toList()
                .forEach(this::end);
        if (queue.isPresent() && lives.stream().noneMatch(l -> l.isLoader() && l.state == Life.State.RUNNING)) {
            Life life = new Life(LOADERS + lives.size(), !lastLife, runs);
            lives.add(life);
            SimHost host = new SimHost(this, life);
            Destination view = destination.of(life);
            RunServices services = services(life, host, view);
            life.loaders = IntStream.range(0, view.capabilities().lanes())
                    .mapToObj(lane -> new LaneLoader(new Loading(
                            job(life),
                            services,
                            queue.get().of(life),
                            JOB,
                            new LaneId(lane),
                            MOST_HELD,
                            Loading.Place.OWN,
                            STAND_BY,
                            LOOK,
                            this::look,
                            text -> {})))
                    .toList();
            life.loaders.forEach(loader -> host.start(loader, Host.Work.COMMIT));
        }
    }

    private void look() {
        lives.stream()
                .filter(l -> l.state == Life.State.RUNNING)
                .forEach(l -> l.extraction.ifPresent(Extraction::look));
    }

    /// Now and then a loader dies, or is stopped for a while, or another one begins beside it.
    private void troubleLoaders() {
        if (queue.isEmpty()) {
            return;
        }
        if (random.nextInt(LOADER_LOST_ONE_IN) == 0 && !(lastLife && loadersLost > 3)) {
            loadersLost++;
            lives.stream()
                    .filter(l -> l.isLoader() && l.state == Life.State.RUNNING)
                    .findAny()
                    .ifPresent(l -> {
                        l.state = random.nextBoolean() ? Life.State.FROZEN : Life.State.DEAD;
                        destination.died(l);
                    });
        }
        loads();
    }

    private Set<EngineRule> leftOut() {
        return off.stream().flatMap(rule -> rule.engine().stream()).collect(Collectors.toSet());
    }

    private StreamJob job(Life life) {
        Timing timing = new Timing(
                scale.commitInterval(),
                scale.commitInterval().multipliedBy(5).dividedBy(2),
                Duration.ofMillis(5),
                GRACE,
                Duration.ofMinutes(10),
                Duration.ofMillis(1),
                Duration.ofMillis(20),
                scenario.mode() == SyncMode.STREAM ? Duration.ofMillis(500) : Duration.ZERO);
        Traits traits = source.traits();
        life.capped = life.mayFail && random.nextInt(8) == 0;
        StreamJob.OnBadRecord onBad =
                life.mayFail && random.nextInt(6) == 0 ? StreamJob.OnBadRecord.FAIL : StreamJob.OnBadRecord.REJECT;
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
                Life.SHARE,
                1 << 20,
                timing,
                onBad,
                0,
                life.capped ? OptionalLong.of(1 + random.nextInt(20)) : OptionalLong.empty(),
                source.fingerprint(),
                List.of(),
                StreamJob.Start.RESUME);
    }

    private void cutShort(Life life) {
        long until = pool.steps + 20 + random.nextInt(scenario.typicalSteps() * scale.stepsOfALife());
        boolean stop = random.nextInt(6) == 0;
        while (pool.steps < until && result(life).isEmpty() && life.state == Life.State.RUNNING) {
            troubleLoaders();
            step(l -> l == life || l.isLoader());
        }
        if (stop && result(life).isEmpty() && life.state == Life.State.RUNNING) {
            life.stop();
            life.stoppedAt = OptionalLong.of(pool.now);
            while (result(life).isEmpty() && life.state == Life.State.RUNNING) {
                troubleLoaders();
                step(l -> l == life || l.isLoader());
            }
        }
        if (life.state == Life.State.RUNNING && result(life).isPresent()) {
            end(life);
        } else if (life.state == Life.State.RUNNING) {
            life.state = random.nextInt(3) < 2 ? Life.State.FROZEN : Life.State.DEAD;
        }
        destination.died(life);
    }

    private void finish(Life first) {
        Life life = first;
        while (true) {
            while (result(life).isEmpty()) {
                troubleLoaders();
                step(l -> true);
                if (random.nextInt(2000) == 0) {
                    wakeOne();
                }
            }
            StreamResult result = result(life).get();
            end(life);
            if (result.status() == StreamResult.Status.SUCCEEDED && source.isRead()) {
                return;
            }
            // A zombie that woke up may have claimed the lane anew or the source may have expired: the user starts
            // again.
            if (lives.stream().filter(l -> !l.isLoader()).count() > MAX_LIVES) {
                throw new Violation("run after run fails: " + result);
            }
            life = begin(lives.size());
        }
    }

    /// Judges how a run ended; its process is gone then.
    private void end(Life life) {
        StreamResult result = result(life).orElseThrow();
        life.state = Life.State.DEAD;
        leases.release(life);
        result.error().ifPresent(error -> {
            boolean expected = switch (error.code()) {
                case TAKEN_OVER, SOURCE_EXPIRED, NO_PROGRESS -> true;
                case SOURCE_FAILED, SOURCE_REGRESSED, WRITE_FAILED, BAD_FILE, STATE_STORE -> life.mayFail;
                default -> false;
            };
            if (!expected) {
                judge.sentence();
                throw new Violation(life.run + " failed: " + error.code() + " " + error.what(), error);
            }
        });
        judge.ended(life, result);
    }

    private void wakeOne() {
        lives.stream().filter(l -> l.state == Life.State.FROZEN).findAny().ifPresent(l -> l.state = Life.State.RUNNING);
    }

    private void wakeZombies() {
        lives.stream().filter(l -> l.state == Life.State.FROZEN).forEach(l -> l.state = Life.State.RUNNING);
        for (Optional<Life> next = running(); next.isPresent(); next = running()) {
            Life life = next.get();
            long until = pool.steps + STEPS_OF_A_LOADER;
            while (result(life).isEmpty() && life.state == Life.State.RUNNING) {
                if (life.isLoader() && pool.steps > until) {
                    life.stop();
                } else if (!life.isLoader()) {
                    loads();
                }
                step(l -> true);
            }
            if (life.state == Life.State.RUNNING && result(life).isPresent()) {
                end(life);
            }
        }
    }

    private Optional<Life> running() {
        return lives.stream().filter(l -> l.state == Life.State.RUNNING).min(Comparator.comparing(Life::isLoader));
    }

    private void step(Predicate<Life> who) {
        destination.deliverLate();
        boolean waiting = lives.stream()
                .anyMatch(l -> who.test(l)
                        && l.state == Life.State.RUNNING
                        && result(l).isEmpty());
        boolean moves = pool.step(who);
        judge.step(lives);
        destination.step();
        if (!moves && waiting) {
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
        return life.result();
    }

    /// In the middle of a turn of `life`: the others take theirs until `done`.
    void await(Life life, BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            if (life.state == Life.State.DEAD) {
                throw new Crashed();
            }
            judge.expect(pool.step(l -> true), "nothing moves while a turn waits (R10): " + pool.describe());
        }
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

    private static final class SilentListener implements RunServices.Listener {
        @Override
        public void committed(Commit commit) {}

        @Override
        public void warning(String text) {}
    }
}
