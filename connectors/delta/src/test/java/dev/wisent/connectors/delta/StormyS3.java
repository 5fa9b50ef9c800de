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

/// A place in an S3 endpoint of this JVM, behind a network that resets connections now and then, or swallows what is asked or
/// answered, so that nothing ever comes back; meanwhile the endpoint answers 500 and 503 to what it did, did not, or will do
/// later.
final class StormyS3 implements AutoCloseable {
    private static final int STORM_PERCENT = 6;
    private static final int EARLIEST_RESET_MILLIS = 100;
    private static final int RESETS_WITHIN_MILLIS = 400;
    private static final int SWALLOWS_ONE_OF = 4;
    private static final int SWALLOWS_FOR_MILLIS = 60;
    private static final int TIMEOUT_SECONDS = 1;
    /// A reset would tell the client what only its own timeout is to tell it.
    private static final int SILENT_FOR_MILLIS = TIMEOUT_SECONDS * 1000 + 300;

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
        breaking = Thread.ofPlatform().start(() -> breakUntilOver(new Random(seed)));
    }

    private void breakUntilOver(Random random) {
        while (!over.get()) {
            pause(EARLIEST_RESET_MILLIS + random.nextInt(RESETS_WITHIN_MILLIS));
            if (random.nextInt(SWALLOWS_ONE_OF) != 0) {
                proxy.end(Ending.RESET);
                continue;
            }
            proxy.set(random.nextBoolean() ? Direction.TO_SERVICE : Direction.TO_CLIENT, new Fault.Swallow());
            pause(SWALLOWS_FOR_MILLIS);
            proxy.heal();
            pause(SILENT_FOR_MILLIS);
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    /// The place through the storm.
    Places.Place place() {
        return through(direct);
    }

    /// Another place of the same endpoint, through the storm.
    Places.Place through(Places.Place other) {
        Map<String, String> options = new HashMap<>(other.options());
        options.put("timeout", String.valueOf(TIMEOUT_SECONDS));
        options.put("retry_budget", "60");
        return new Places.Place(other.url().replace(":" + server.port() + "/", ":" + proxy.port() + "/"), options);
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
        LockSupport.unpark(breaking);
        breaking.join();
        proxy.close();
    }
}
