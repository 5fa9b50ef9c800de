package dev.wisent.connectors.delta;

import dev.wisent.connectors.storages3.S3Server;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// A place in an S3 endpoint of this JVM, behind a network that resets connections now and then, and once in a while loses what
/// is answered, so that whoever asked waits until a request's time is over; meanwhile the endpoint answers 500 and 503 to what
/// it did, did not, or will do later.
final class StormyS3 implements AutoCloseable {
    private static final int STORM_PERCENT = 6;
    private static final int EARLIEST_RESET_MILLIS = 100;
    private static final int RESETS_WITHIN_MILLIS = 400;
    /// One trouble of so many is a silence.
    private static final int SILENT_OF = 12;
    private static final Duration SILENCE = Duration.ofMillis(150);
    private static final int REQUEST_SECONDS = 2;

    private final S3Server server;
    private final FaultProxy proxy;
    private final Thread breaking;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Places.Place direct;

    StormyS3(S3Server server, long seed) throws Exception {
        this.server = server;
        this.proxy = FaultProxy.to("127.0.0.1", server.port());
        this.direct = Places.in(server);
        server.blobs().storm(seed, STORM_PERCENT);
        Random random = new Random(seed);
        breaking = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                LockSupport.parkNanos(Duration.ofMillis(EARLIEST_RESET_MILLIS + random.nextInt(RESETS_WITHIN_MILLIS))
                        .toNanos());
                if (random.nextInt(SILENT_OF) == 0) {
                    keepSilent();
                } else {
                    proxy.end(Ending.RESET);
                }
            }
        });
    }

    /// Connections that lost an answer stay deaf; they are left alone until those who wait have given up.
    private void keepSilent() {
        proxy.set(Direction.TO_CLIENT, new Fault.Swallow());
        LockSupport.parkNanos(SILENCE.toNanos());
        proxy.heal();
        if (!over.get()) {
            LockSupport.parkNanos(
                    Duration.ofSeconds(REQUEST_SECONDS).plus(SILENCE).toNanos());
        }
    }

    /// The place through the storm.
    Places.Place place() {
        Map<String, String> options = new HashMap<>(direct.options());
        options.put("timeout", Integer.toString(REQUEST_SECONDS));
        options.put("retry_budget", "60");
        return new Places.Place(direct.url().replace(":" + server.port() + "/", ":" + proxy.port() + "/"), options);
    }

    /// Ends the storm, when what is late has arrived; returns the place as it is then.
    Places.Place calm() throws InterruptedException {
        over.set(true);
        LockSupport.unpark(breaking);
        breaking.join();
        server.blobs().calm();
        return direct;
    }

    @Override
    public void close() throws Exception {
        over.set(true);
        breaking.join();
        proxy.close();
    }
}
