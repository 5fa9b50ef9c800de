package dev.wisent.cli.process;

import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueRequest;
import dev.wisent.testkit.QueueContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// What its author tests it with.
class FolderQueueTest extends QueueContract {
    @TempDir
    Path folder;

    @Override
    protected MessageQueue open() {
        return new FolderQueue(folder, new QueueRequest("orders/orders", 2));
    }
}
