package dev.wisent.engine.internal.run;

import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Mailbox;
import dev.wisent.engine.internal.task.Share;
import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.transform.TransformChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The workers, committers and queues of one attempt of a run, and what they need of each other.
final class Workforce {
    private final StreamJob job;
    private final RunServices services;
    private final Mailbox<Event> coordinator;
    private final Traits traits;
    private final Tally tally;
    private final AtomicInteger living = new AtomicInteger();
    private final AtomicLong failures = new AtomicLong();
    private final List<Worker> workers = new ArrayList<>();
    /// Read by whoever watches the run.
    private final Quiet quiet;
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private final TreeMap<LaneId, LaneCommitter> committers = new TreeMap<>();
    private final TreeMap<LaneId, SplitQueue> queues = new TreeMap<>();
    private final Map<LaneId, Long> claims = new ConcurrentHashMap<>();
    private final boolean sessions;
    private final Optional<CutByCut> cutByCut;
    /// How many splits the source wants to be read at once. A capped run reads nothing ahead: a chunk that waits for
    /// room has used up one of its iterations, and who must go on may wait for that one.
    private final OptionalInt asked;
    private GenerationId generation = GenerationId.FIRST;
    private Optional<StreamSchema> schema = Optional.empty();
    private Optional<Schema> noted = Optional.empty();
    private Optional<Schema> storedSchema = Optional.empty();

    Workforce(StreamJob job, RunServices services, Mailbox<Event> coordinator, Tally tally) {
        this.job = job;
        this.services = services;
        this.quiet = new Quiet(services.host());
        this.coordinator = coordinator;
        this.tally = tally;
        this.traits = services.source().traits(job.stream());
        this.asked = job.maxIterations().isPresent()
                ? OptionalInt.empty()
                : services.source().openSplits(job.stream());
        this.cutByCut = services.destination() instanceof CutByCut each ? Optional.of(each) : Optional.empty();
        this.sessions =
                cutByCut.isPresent() || services.destination().capabilities().fragments() == Fragment.Kind.SESSION;
        for (int i = 0; i < services.destination().capabilities().lanes(); i++) {
            LaneId lane = new LaneId(i);
            queues.put(lane, new SplitQueue());
            LaneCommitter committer = new LaneCommitter(lane, this, coordinator);
            committers.put(lane, committer);
            startCounted(committer, Host.Work.COMMIT);
        }
    }

    /// Hires the workers: the generation is there, the schema is known.
    void begin(GenerationId into, Optional<Schema> known, Optional<Schema> stored) {
        generation = into;
        quiet.broken();
        schema = known.map(StreamSchema::new);
        noted = known.filter(Schema::hasNotes);
        storedSchema = stored;
        for (int i = 0; i < job.workers(); i++) {
            Share share = new Share("fetch-" + i, job.fetchShare(), services.jumbo());
            shares.add(share);
            Worker worker = new Worker(i, this, share, coordinator);
            workers.add(worker);
        }
        workers.forEach(worker -> startCounted(worker, Host.Work.COMPUTE));
    }

    private void startCounted(Task task, Host.Work work) {
        living.incrementAndGet();
        start(
                new Counted(task, () -> {
                    living.decrementAndGet();
                    coordinator.send(new Event.Ended());
                }),
                work);
    }

    void start(Task task, Host.Work work) {
        services.host().start(task, work);
    }

    /// What was fetched and not decoded yet, by worker. Any thread.
    List<Share> shares() {
        return List.copyOf(shares);
    }

    /// How many workers and committers still work.
    int living() {
        return living.get();
    }

    boolean upholds(EngineRule rule) {
        return services.upholds(rule);
    }

    StreamJob job() {
        return job;
    }

    Host host() {
        return services.host();
    }

    Source source() {
        return services.source();
    }

    Destination destination() {
        return services.destination();
    }

    Traits.Readers readers() {
        return traits.readers();
    }

    Tally tally() {
        return tally;
    }

    Iterations iterations() {
        return tally.iterations;
    }

    /// No fetcher fetches any more. What they did fetch is kept, or a run capped at one iteration would never get anywhere.
    boolean isCapped() {
        return tally.iterations.areUsedUp();
    }

    RowShaper shaper() {
        return services.parts().shaper(job.stream());
    }

    TransformChain transforms() {
        return services.parts().transforms();
    }

    long nowMicros() {
        var now = services.host().now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    String nextCommitId() {
        return job.run() + "-" + tally.commitIds.incrementAndGet();
    }

    /// The lanes whose splits `worker` serves: all workers share a single lane; of several, each is one worker's.
    List<LaneId> lanesOf(int worker) {
        if (queues.size() == 1) {
            return List.copyOf(queues.keySet());
        }
        return queues.keySet().stream()
                .filter(lane -> lane.number() % job.workers() == worker)
                .toList();
    }

    /// How many splits `worker` may have open. Those that share a reader are all open at once, for those without end would keep
    /// the others waiting for ever: each worker takes its part of them.
    int mostOpen(int worker) {
        if (readers() != Traits.Readers.SHARED) {
            return asked.isPresent() ? Math.max(1, part(asked.getAsInt(), worker)) : job.openSplits();
        }
        int among = queues.size() == 1 ? job.workers() : 1;
        long part = lanesOf(worker).stream()
                .mapToLong(lane -> Math.ceilDiv(queue(lane).added(), among))
                .sum();
        return Math.toIntExact(Math.max(job.openSplits(), part));
    }

    private int part(int of, int worker) {
        return of / job.workers() + (worker < of % job.workers() ? 1 : 0);
    }

    /// How many splits `worker` decodes at the same time; see [OpenSplits].
    int mostDecoded(int worker) {
        return readers() == Traits.Readers.SHARED ? Integer.MAX_VALUE : job.openSplits();
    }

    /// How much is fetched of a split before it is decoded, where more are open than can be decoded: together half of
    /// the share.
    long readAhead(int worker) {
        int open = mostOpen(worker);
        return open <= mostDecoded(worker) ? Fetcher.UNLIMITED : Math.max(1, job.fetchShare() / 2 / open);
    }

    SplitQueue queue(LaneId lane) {
        return queues.computeIfAbsent(lane, l -> new SplitQueue());
    }

    LaneCommitter committer(LaneId lane) {
        LaneCommitter committer = committers.get(lane);
        if (committer == null) {
            throw new IllegalStateException("no lane " + lane);
        }
        return committer;
    }

    List<LaneId> lanes() {
        return List.copyOf(committers.keySet());
    }

    void claimed(LaneId lane, long n) {
        claims.put(lane, n);
    }

    /// Puts a split where its lane's workers take it. A split stays in its lane for ever.
    void enqueue(Split split, Position after) {
        LaneId lane = new LaneId(Math.floorMod(split.id().value().hashCode(), committers.size()));
        queue(lane).add(new SplitQueue.Waiting(split, after));
        workers.forEach(Task::wake);
    }

    int waitingSplits() {
        return queues.values().stream().mapToInt(SplitQueue::size).sum();
    }

    void noMoreSplits() {
        queues.values().forEach(SplitQueue::complete);
        workers.forEach(Task::wake);
    }

    void drain(long deadline) {
        queues.values().forEach(SplitQueue::close);
        workers.forEach(worker -> worker.order(new Worker.Order.Drain(deadline)));
    }

    void halt() {
        queues.values().forEach(SplitQueue::close);
        workers.forEach(worker -> worker.order(new Worker.Order.Halt()));
        committers.values().forEach(committer -> committer.order(new LaneCommitter.Order.Halt()));
    }

    int workerCount() {
        return workers.size();
    }

    LaneWork openLane(LaneId lane, int worker) {
        long claim = Optional.ofNullable(claims.get(lane)).orElseThrow();
        WriteRequest request = new WriteRequest(
                job.stream(), lane, job.run(), claim, worker, generation, services.shipping(), job.primaryKey());
        return new LaneWork(
                lane,
                services.destination().open(request),
                services.parts().rejects(lane, worker),
                () -> cutByCut.map(each -> each.awaitsCut(lane, worker))
                        .orElseGet(() -> sessions && committer(lane).uncommitted() >= job.workers()),
                this::uncountFailures);
    }

    Decoder decoder(Split split, Position after) {
        return services.source().decoder(split, new DecodeContext(after, schema));
    }

    /// The rows with what the source says of their columns: a decoder need not know it.
    RecordBatch noted(RecordBatch batch) {
        return noted.map(batch::noted).orElse(batch);
    }

    /// What is written lives in open transactions: a cut is one, and so is a commit.
    boolean hasSessions() {
        return sessions;
    }

    Cut.Urgency cutUrgency() {
        return sessions ? Cut.Urgency.NOW : Cut.Urgency.WHEN_DUE;
    }

    /// Asks every worker of the lane for a cut; how many will answer.
    int askForCuts(LaneId lane) {
        int asked = 0;
        for (Worker worker : workers) {
            if (lanesOf(worker.number).contains(lane)) {
                worker.order(new Worker.Order.CutNow(lane));
                asked++;
            }
        }
        return asked;
    }

    void tellCommitted(LaneId lane, List<Advance> advances) {
        for (Worker worker : workers) {
            if (lanesOf(worker.number).contains(lane)) {
                worker.order(new Worker.Order.Committed(advances));
            }
        }
    }

    /// The schema as it is now, when it is not what the destination has stored (R6).
    synchronized Optional<Schema> schemaToStore() {
        Optional<Schema> current = schema.map(StreamSchema::current);
        if (current.equals(storedSchema)) {
            return Optional.empty();
        }
        storedSchema = current;
        return current;
    }

    void expired(OpenSplit split, String why) {
        coordinator.send(new Event.Expired(split.split, !split.cutAt.equals(Position.START), why));
    }

    void decoded(long rows, long bytes) {
        tally.rows.addAndGet(rows);
        tally.bytes.addAndGet(bytes);
        quiet.broken();
    }

    /// Counts a reject or failed input towards `max_failures`.
    void countFailure(LaneWork lane) {
        lane.failures++;
        tally.rejects.incrementAndGet();
        if (failures.incrementAndGet() >= job.maxFailures() && job.maxFailures() > 0) {
            throw WisentException.of(
                            ErrorCode.TOO_MANY_REJECTS,
                            "stopped at " + job.maxFailures() + " records or inputs that can't be read (max_failures)")
                    .where("stream " + job.stream())
                    .hint("raise error_handling.max_failures, or mend the input; 0 means no limit");
        }
    }

    /// A cut was dropped: its failures will be met again.
    private void uncountFailures(long dropped) {
        failures.addAndGet(-dropped);
        tally.rejects.addAndGet(-dropped);
    }

    Quiet quiet() {
        return quiet;
    }

    /// Since when nothing came, on the host's clock; now, while something that came waits to be decoded.
    long idleSince() {
        return shares.stream().anyMatch(share -> share.used() > 0)
                ? services.host().nanos()
                : quiet.since();
    }
}
