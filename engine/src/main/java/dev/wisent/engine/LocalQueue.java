package dev.wisent.engine;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueHandle;
import dev.wisent.api.queue.QueueRequest;
import dev.wisent.engine.internal.queue.local.RemoteQueue;
import dev.wisent.engine.internal.queue.local.ServedQueue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The queue `memory` between processes of one machine: it is in the process that extracts, and those that load take it from
/// there by a socket. What was published is gone when that process ends; the next extraction reads it again.
public final class LocalQueue implements QueueHandle {
    /// What all systems take as the name of a socket.
    private static final int LONGEST_NAME = 100;

    /// More would only be a longer way from one process to the other.
    private static final long MOST_HELD = 64L << 20;

    private final Path socket;
    private final OptionalLong memory;

    private LocalQueue(Path socket, OptionalLong memory) {
        this.socket = socket;
        this.memory = memory;
    }

    /// For who extracts.
    ///
    /// @param socket the file of the socket; in its folder goes what does not fit into memory
    /// @param budget what the engine may hold, of which a quarter may wait here for a loader, and as much that was handed to
    /// one and is not committed stay in memory; empty: as much as without a queue
    public static LocalQueue serving(Path socket, OptionalLong budget) {
        long all = budget.orElse((long) (Runtime.getRuntime().maxMemory() * StreamTurn.BUDGET_OF_HEAP));
        return new LocalQueue(socket, OptionalLong.of(Math.min(MOST_HELD, all / 4)));
    }

    /// For who loads; whoever serves the queue may come later, and go, and come again.
    public static LocalQueue joining(Path socket) {
        return new LocalQueue(socket, OptionalLong.empty());
    }

    @Override
    public String location() {
        return "memory, by " + socket;
    }

    @Override
    public MessageQueue open(QueueRequest request) {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw WisentException.of(ErrorCode.NOT_SUPPORTED, "a socket can't have so long a name")
                    .where(socket.toString())
                    .hint("name a shorter folder by java.io.tmpdir");
        }
        return memory.isPresent()
                ? new ServedQueue(socket, request, memory.getAsLong())
                : new RemoteQueue(socket, request);
    }

    /// There is nothing outside this machine that could be away.
    @Override
    public void check() {}
}
