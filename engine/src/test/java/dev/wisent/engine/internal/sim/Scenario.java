package dev.wisent.engine.internal.sim;

import dev.wisent.api.SyncMode;
import java.util.Random;

/// A source, a mode and a destination to play with.
enum Scenario {
    FILES_FULL_FOLDER(SyncMode.FULL_REFRESH, 250),
    FILES_INCREMENTAL_FOLDER(SyncMode.INCREMENTAL, 250),
    FILES_INCREMENTAL_SESSIONS(SyncMode.INCREMENTAL, 250),
    FILES_FULL_SESSIONS(SyncMode.FULL_REFRESH, 250),
    FILES_FULL_THREE_TARGETS(SyncMode.FULL_REFRESH, 250),
    TRANSACTIONS_THREE_TARGETS(SyncMode.STREAM, 400),
    FILES_FULL_JSON(SyncMode.FULL_REFRESH, 250),
    PAGES_FULL_FOLDER(SyncMode.FULL_REFRESH, 200),
    PAGES_FULL_SESSIONS(SyncMode.FULL_REFRESH, 200),
    PAGES_INCREMENTAL_FOLDER(SyncMode.INCREMENTAL, 200),
    PAGES_INCREMENTAL_SESSIONS(SyncMode.INCREMENTAL, 200),
    LOG_FOLDER(SyncMode.STREAM, 400),
    LOG_SESSIONS(SyncMode.STREAM, 400),
    LOG_JSON(SyncMode.STREAM, 400),
    TRANSACTIONS_FOLDER(SyncMode.STREAM, 400),
    TRANSACTIONS_SESSIONS(SyncMode.STREAM, 400),
    BUSY_FOLDER(SyncMode.STREAM, 1500),
    BUSY_SESSIONS(SyncMode.STREAM, 1500),
    FILES_FULL_COPIES(SyncMode.FULL_REFRESH, 250),
    LOG_COPIES(SyncMode.STREAM, 400),
    QUEUE_FILES_FULL_FOLDER(SyncMode.FULL_REFRESH, 500),
    QUEUE_FILES_FULL_SESSIONS(SyncMode.FULL_REFRESH, 500),
    QUEUE_FILES_INCREMENTAL_FOLDER(SyncMode.INCREMENTAL, 500),
    QUEUE_PAGES_FULL_FOLDER(SyncMode.FULL_REFRESH, 400),
    QUEUE_PAGES_INCREMENTAL_SESSIONS(SyncMode.INCREMENTAL, 400),
    QUEUE_LOG_FOLDER(SyncMode.STREAM, 800),
    QUEUE_TRANSACTIONS_SESSIONS(SyncMode.STREAM, 800),
    QUEUE_TRANSACTIONS_THREE_TARGETS(SyncMode.STREAM, 800),
    QUEUE_FILES_FULL_FOLDER_AFTER_ANOTHER(SyncMode.FULL_REFRESH, 500),
    QUEUE_FILES_INCREMENTAL_FOLDER_AFTER_ANOTHER(SyncMode.INCREMENTAL, 500),
    QUEUE_PAGES_INCREMENTAL_SESSIONS_AFTER_ANOTHER(SyncMode.INCREMENTAL, 400),
    QUEUE_LOG_FOLDER_AFTER_ANOTHER(SyncMode.STREAM, 800),
    BROKER_FOLDER(SyncMode.STREAM, 400),
    BROKER_SESSIONS(SyncMode.STREAM, 400);

    private static final String QUEUE = "QUEUE_";
    private static final String AFTER_ANOTHER = "_AFTER_ANOTHER";

    private final SyncMode mode;
    private final int typicalSteps;

    Scenario(SyncMode mode, int typicalSteps) {
        this.mode = mode;
        this.typicalSteps = typicalSteps;
    }

    SyncMode mode() {
        return mode;
    }

    /// About as many as an undisturbed run takes, so that crashes come anywhere.
    int typicalSteps() {
        return typicalSteps;
    }

    /// How many targets the stream feeds; a roll-forward reaches one after the other.
    int targets() {
        return name().endsWith("THREE_TARGETS") ? 3 : 1;
    }

    /// A queue stands between extraction and loading, each with lives of its own.
    boolean isQueued() {
        return name().startsWith(QUEUE);
    }

    /// The queue holds what extractions for another destination left there, or for this one before it was emptied.
    boolean followsAnother() {
        return name().endsWith(AFTER_ANOTHER);
    }

    SimSource source(Random random) {
        String name = isQueued() ? name().substring(QUEUE.length()) : name();
        if (name.startsWith("FILES")) {
            return new SimFiles(random, mode, 3 + random.nextInt(4), 50);
        }
        if (name.startsWith("PAGES")) {
            return new SimPages(random, mode);
        }
        if (name.startsWith("BROKER")) {
            return new SimBroker(random);
        }
        if (name.startsWith("BUSY")) {
            return new SimLog(random, SimLog.Kind.BUSY);
        }
        return new SimLog(random, name.startsWith("LOG") ? SimLog.Kind.RECORDS : SimLog.Kind.CHANGES);
    }

    SimDestination destination(World world) {
        if (name().contains("_SESSIONS")) {
            return new SimSessions(world);
        }
        return new SimFolder(
                world,
                name().endsWith("JSON") ? SimFolder.Transport.JSON : SimFolder.Transport.DIRECT,
                name().endsWith("COPIES") ? SimFolder.Showing.COPY : SimFolder.Showing.RENAME);
    }
}
