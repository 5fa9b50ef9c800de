package dev.wisent.engine;

import dev.wisent.api.LaneId;
import dev.wisent.api.RunId;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.queue.QueueRequest;
import dev.wisent.engine.internal.queue.Extraction;
import dev.wisent.engine.internal.queue.LaneLoader;
import dev.wisent.engine.internal.queue.Loading;
import dev.wisent.engine.internal.queue.OpeningQueue;
import dev.wisent.engine.internal.queue.Pause;
import dev.wisent.engine.internal.run.RunServices;
import dev.wisent.engine.internal.run.StreamJob;
import dev.wisent.engine.internal.run.StreamResult;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// The run of one stream through a broker: an extraction, a loader for each lane, or both, in this process. Each half finds the
/// other one in any process.
final class QueuedTurn {
    /// Rows of about as many bytes go into one entry, before compression: brokers take messages of 1 MB, and each costs as much
    /// as packing some hundred thousand bytes. Less where little may be on its way.
    private static final int BLOCK_BYTES = 3 << 20;

    private static final int LEAST_BLOCK_BYTES = 1 << 20;
    private static final long MOST_HELD = 16L << 20;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int INTERVALS = 2;
    private static final int STEPS = 4;

    private final StreamJob job;
    private final RunServices services;
    private final QueueHandle handle;
    private final Pipeline pipeline;
    private final RunPart part;
    private final Share ship;
    private Optional<Extraction> extraction = Optional.empty();
    private final AtomicInteger stops = new AtomicInteger();

    QueuedTurn(StreamJob job, RunServices services, QueueHandle handle, Pipeline pipeline, RunPart part, Share ship) {
        this.job = job;
        this.services = services;
        this.handle = handle;
        this.pipeline = pipeline;
        this.part = part;
        this.ship = ship;
    }

    /// Refuses what can't go through a queue.
    static void check(Pipeline pipeline, Destination destination) {
        boolean processes = pipeline.engine().runner() == EngineSettings.Runner.PROCESS;
        if (pipeline.engine().queue().isEmpty() && !processes) {
            return;
        }
        if (pipeline.engine().runner() == EngineSettings.Runner.STREAM) {
            throw WisentException.of(ErrorCode.NOT_SUPPORTED, "the runner 'stream' has no queue")
                    .hint("use the runner thread, or leave engine.queue out");
        }
        if (destination.capabilities().guarantee() != Capabilities.Guarantee.EXACTLY_ONCE) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "a queue needs a destination that keeps its own progress, and this one does not")
                    .where(destination.location(pipeline.stream()))
                    .hint("leave engine.queue out: rows then go straight to the destination");
        }
        if (pipeline.source().traits(pipeline.stream()).replay().isAcknowledged()) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "a source that is acknowledged what is committed, as a broker is, has no queue behind it: it is one")
                    .where("stream " + pipeline.stream())
                    .hint("leave engine.queue out, and use the runner thread or stream");
        }
        if (processes) {
            checkProcesses(pipeline, destination);
        }
    }

    /// Refuses halves of what has none.
    static void checkPart(Pipeline pipeline, Destination destination, RunPart part) {
        if (part.isWhole()) {
            return;
        }
        checkProcesses(pipeline, destination);
        if (pipeline.engine().queue().isEmpty()) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "a run has two roles by hand only if there is a durable queue between them")
                    .hint("set engine.queue to kafka or rabbitmq, or leave --role out");
        }
    }

    private static void checkProcesses(Pipeline pipeline, Destination destination) {
        if (destination.capabilities().processes() == Capabilities.Processes.ONE) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "extraction and loading as processes need a destination that several may open, and this one is for one")
                    .where(destination.location(pipeline.stream()))
                    .hint("use the runner thread, without --role");
        }
    }

    static WisentException oneStreamOnly() {
        return WisentException.of(
                        ErrorCode.NOT_SUPPORTED, "extraction and loading in processes of their own are for one stream")
                .hint("choose one with --stream NAME, or use the runner thread");
    }

    /// Any thread.
    synchronized void stop() {
        stops.incrementAndGet();
        extraction.ifPresent(Extraction::stop);
    }

    private QueueRequest request(String name, int lanes, RunListener listener) {
        return new QueueRequest(name, lanes, asked(), text -> listener.warning(pipeline.stream(), text));
    }

    private QueueRequest.Part asked() {
        if (part.isWhole()) {
            return QueueRequest.Part.BOTH;
        }
        return part.extracts() ? QueueRequest.Part.PUBLISH : QueueRequest.Part.READ;
    }

    private synchronized void look() {
        extraction.ifPresent(Extraction::look);
    }

    StreamResult run(RunListener listener) {
        String name = pipeline.id() + "/" + job.stream().name();
        int lanes = services.destination().capabilities().lanes();
        try (MessageQueue queue = opened(request(name, lanes, listener))) {
            if (!part.isWhole() && !queue.isDurable() && !(handle instanceof LocalQueue)) {
                throw WisentException.of(
                                ErrorCode.NOT_SUPPORTED,
                                "messages of this queue don't leave the process that sent them")
                        .where(handle.location())
                        .hint("use a durable queue: kafka or rabbitmq");
            }
            List<LaneLoader> loaders = new ArrayList<>();
            for (int lane = 0; lane < lanes && part.loads(); lane++) {
                loaders.add(new LaneLoader(loading(queue, name, lane, lanes, listener)));
            }
            if (!part.extracts()) {
                loaders.forEach(loader -> services.host().start(loader, Host.Work.COMMIT));
                return Watch.await(() -> loaded(loaders));
            }
            Extraction extracting = new Extraction(
                    job,
                    services,
                    queue,
                    name,
                    Math.clamp(ship.capacity() / 4, LEAST_BLOCK_BYTES, BLOCK_BYTES),
                    Pause.of(pipeline.engine().retryBudget()),
                    LOOK);
            begin(extracting);
            services.host().start(extracting, Host.Work.COMMIT);
            extracting.start();
            loaders.forEach(loader -> services.host().start(loader, Host.Work.COMMIT));
            return new Watch(
                            extracting.run(),
                            () -> ended(extracting, loaders),
                            pipeline.source(),
                            job.stream(),
                            listener,
                            ship)
                    .await();
        }
    }

    /// Who extracts need not wait for it before the first rows are there.
    private MessageQueue opened(QueueRequest request) {
        return part.extracts() ? OpeningQueue.of(handle, request) : handle.open(request);
    }

    private synchronized void begin(Extraction extracting) {
        extraction = Optional.of(extracting);
        for (int i = 0; i < stops.get(); i++) {
            extracting.stop();
        }
    }

    private Loading loading(MessageQueue queue, String name, int lane, int lanes, RunListener listener) {
        RunId run = new RunId(job.run().value() + "load");
        return new Loading(
                job.as(run),
                services,
                queue,
                name,
                new LaneId(lane),
                Math.max(1 << 20, MOST_HELD / lanes),
                part.distanceTo(lane) == 0 ? Loading.Place.OWN : Loading.Place.STAND_BY,
                patience(part.distanceTo(lane)),
                LOOK,
                this::look,
                text -> listener.warning(pipeline.stream(), text));
    }

    /// Between two commits a lane may stand still for an interval. Who is next to a lane goes before the others.
    private Duration patience(int distance) {
        Duration commits = pipeline.destinationSettings().commitInterval().multipliedBy(INTERVALS);
        Duration expiry = pipeline.engine().leaseExpiry();
        Duration base = expiry.compareTo(commits) < 0 ? commits : expiry;
        return base.plus(base.dividedBy(STEPS).multipliedBy(Math.max(0, distance - 1)));
    }

    /// The extraction ends when everything is loaded; a loader that failed ends it before.
    private static Optional<StreamResult> ended(Extraction extracting, List<LaneLoader> loaders) {
        Optional<StreamResult> failed = loaders.stream()
                .flatMap(loader -> loader.result().stream())
                .filter(result -> result.error().isPresent())
                .findFirst();
        Optional<StreamResult> extracted = extracting.result();
        if (extracted.isEmpty()) {
            failed.ifPresent(unused -> {
                extracting.stop();
                extracting.stop();
            });
            return Optional.empty();
        }
        if (loaders.isEmpty()) {
            return extracted;
        }
        loaders.forEach(LaneLoader::stop);
        if (loaders.stream().anyMatch(loader -> !loader.hasStopped())) {
            return Optional.empty();
        }
        return Optional.of(sum(extracted.get(), loaders, failed));
    }

    /// Loaders without an extraction end when one of them fails, when they are told to, or, unless they are to go on, when all
    /// lanes are loaded to the end of the same time.
    private Optional<StreamResult> loaded(List<LaneLoader> loaders) {
        boolean failed = loaders.stream()
                .flatMap(loader -> loader.result().stream())
                .anyMatch(result -> result.error().isPresent());
        boolean all = loaders.stream().allMatch(loader -> loader.result().isPresent());
        if (!failed && stops.get() == 0 && !(all && !part.keepsLoading())) {
            return Optional.empty();
        }
        loaders.forEach(LaneLoader::stop);
        if (loaders.stream().anyMatch(loader -> !loader.hasStopped())) {
            return Optional.empty();
        }
        return loaders.stream().flatMap(loader -> loader.result().stream()).reduce(QueuedTurn::plus);
    }

    /// What the loaders committed is what the run did; the source's own numbers are the extraction's.
    private static StreamResult sum(StreamResult extracted, List<LaneLoader> loaders, Optional<StreamResult> failed) {
        StreamResult sum = loaders.stream()
                .flatMap(loader -> loader.result().stream())
                .reduce(QueuedTurn::plus)
                .orElse(extracted);
        Set<String> warnings = new LinkedHashSet<>(extracted.warnings());
        warnings.addAll(sum.warnings());
        return new StreamResult(
                extracted.stream(),
                failed.map(StreamResult::status).orElse(extracted.status()),
                sum.counts(),
                sum.commits(),
                extracted.resumed(),
                extracted.seconds(),
                extracted.latencyP50(),
                extracted.latencyP99(),
                extracted.statistics().plus(sum.statistics()),
                List.copyOf(warnings),
                failed.flatMap(StreamResult::error).or(extracted::error));
    }

    private static StreamResult plus(StreamResult a, StreamResult b) {
        List<String> warnings = new ArrayList<>(a.warnings());
        warnings.addAll(b.warnings());
        return new StreamResult(
                a.stream(),
                a.status() == StreamResult.Status.SUCCEEDED || b.error().isPresent() ? b.status() : a.status(),
                a.counts().plus(b.counts()),
                a.commits() + b.commits(),
                0,
                0,
                0,
                0,
                a.statistics().plus(b.statistics()),
                warnings,
                a.error().or(b::error));
    }
}
