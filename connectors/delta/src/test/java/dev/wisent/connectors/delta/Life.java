package dev.wisent.connectors.delta;

import dev.wisent.api.SyncMode;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.ObjectStores;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.columnar.parquet.ParquetOptions;
import dev.wisent.engine.EngineSettings;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.RunListener;
import dev.wisent.engine.RunOutcome;
import dev.wisent.engine.state.SqliteStateStore;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/// A life of the engine in this JVM that may end as a process does: from one passing of a boundary on, nothing it does reaches
/// the table or the state store any more. What was on its way then arrives. Needs `-Dwisent.fault=watched`.
///
/// @param folder for what it keeps beside the table
/// @param stateFile lives that follow each other may share it
/// @param feed what it reads
record Life(Path folder, Path stateFile, Places.Place place, SyncMode mode, Feed feed) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = Duration.ofMillis(20);
    /// So short that whoever follows a dead one need not wait long.
    static final Duration LEASE = Duration.ofMillis(100);

    /// A data file is done, and nothing of it was sent yet.
    static final String ROLLED = "ROLLED";
    /// Before each part of an upload but those that went before it.
    static final String MID_UPLOAD = "MID_UPLOAD";

    private static final int BASE_EVERY = 4;
    private static final int CHECKPOINT_EVERY = 3;

    /// Whose thread this is: threads a life starts are its own, too.
    private static final InheritableThreadLocal<Death> MORTAL = new InheritableThreadLocal<>();

    static {
        Boundary.watch(here -> Optional.ofNullable(MORTAL.get()).ifPresent(death -> death.passes(here.name())));
    }

    /// When a life ends.
    private static final class Death {
        private final String moment;
        private final int passing;
        private final AtomicInteger passed = new AtomicInteger();
        private final SqliteStateStore state;
        private volatile boolean came;

        Death(String moment, int passing, SqliteStateStore state) {
            this.moment = moment;
            this.passing = passing;
            this.state = state;
        }

        void passes(String here) {
            if (here.equals(moment) && passed.incrementAndGet() == passing) {
                came = true;
                state.close();
            }
        }

        void asks(String request) {
            if (request.endsWith(".parquet") && (request.startsWith("put ") || request.startsWith("upload "))) {
                passes(ROLLED);
            }
            refuse(request);
        }

        void sends() {
            passes(MID_UPLOAD);
            refuse("part");
        }

        private void refuse(String request) {
            if (came) {
                throw StorageFailure.of(StorageFailure.Kind.REFUSED, "the dead ask for nothing", request);
            }
        }
    }

    /// Lives until the boundary is passed for that time, or to its end; says whether it died.
    boolean until(Boundary boundary, int passing) {
        return until(boundary.name(), passing);
    }

    /// As at a boundary: its name, [#ROLLED] or [#MID_UPLOAD].
    boolean until(String moment, int passing) {
        try (SqliteStateStore state = SqliteStateStore.open(stateFile);
                HookedStore store = new HookedStore(place.open())) {
            Death death = new Death(moment, passing, state);
            store.before = death::asks;
            store.parts = new HookedStore.Parts(death::sends, () -> 0);
            MORTAL.set(death);
            RunOutcome outcome = run(store, state);
            if (!death.came) {
                succeeded(outcome);
            }
            return death.came;
        } finally {
            MORTAL.remove();
        }
    }

    /// Lives to its end, which must be a good one.
    void whole() {
        try (SqliteStateStore state = SqliteStateStore.open(stateFile);
                HookedStore store = new HookedStore(place.open())) {
            succeeded(run(store, state));
        }
    }

    private static void succeeded(RunOutcome outcome) {
        outcome.error().ifPresent(error -> {
            throw new AssertionError(error.what(), error);
        });
    }

    private RunOutcome run(HookedStore store, SqliteStateStore state) {
        DeltaOptions options = new DeltaOptions(
                store.url(),
                Map.of(),
                ParquetOptions.DEFAULT,
                feed.fileBytes(),
                feed.sending(),
                List.of(),
                16,
                Optional.empty(),
                "lake",
                Run.TARGET,
                BASE_EVERY,
                CHECKPOINT_EVERY,
                "wisent test");
        Pipeline pipeline = new Pipeline(
                "lake",
                "lake",
                Run.ORDERS,
                feed.source().apply(mode),
                new DestinationHandle.Transactional(new DeltaDestination(options, () -> store, Clock.systemUTC())),
                Run.TARGET,
                settings(),
                Optional.of(mode),
                Optional.empty(),
                OptionalLong.empty(),
                Pipeline.OnBadRecord.REJECT,
                0,
                folder.resolve("rejects"),
                engine());
        return new PipelineRun(pipeline, state, RunListener.NONE).run();
    }

    private DestinationSettings settings() {
        return new DestinationSettings(
                "lake",
                Run.TARGET,
                Map.of(),
                Optional.empty(),
                1 << 20,
                Duration.ofSeconds(600),
                feed.commitEvery(),
                4,
                OutputStream.nullOutputStream(),
                ObjectStores.none());
    }

    private static EngineSettings engine() {
        EngineSettings standard = EngineSettings.standard();
        return new EngineSettings(
                standard.runner(),
                2,
                standard.openSplits(),
                standard.envelopePrefix(),
                HEARTBEAT,
                LEASE,
                Duration.ZERO,
                PATIENCE,
                standard.untilIdle(),
                OptionalLong.empty(),
                0);
    }
}
