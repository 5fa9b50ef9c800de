package dev.wisent.storage;

import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.Upload;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Writes one object of a length not known before: in one put if it stays small, else in parts, several at a time.
/// Nobody sees it before [#finish]; [#close] without that leaves nothing. For one thread; parts are sent by virtual ones.
/// Holds at most [Parts#heldBytes].
public final class ObjectOutput extends OutputStream {
    /// How an object is cut.
    ///
    /// @param partBytes `part_size_mb`
    /// @param multipartBytes `min_multipart_size_mb`: what is smaller is sent in one put; no more than a part
    /// @param atOnce `max_concurrent_parts`
    public record Parts(int partBytes, int multipartBytes, int atOnce) {
        public static final Parts STANDARD = new Parts(32 << 20, 5 << 20, 8);

        public Parts {
            if (partBytes < 1 || multipartBytes > partBytes || atOnce < 1) {
                throw new IllegalArgumentException(
                        "parts of " + partBytes + " bytes, from " + multipartBytes + " on, " + atOnce + " at a time");
            }
        }

        /// The most memory one output takes: the parts on their way, and the one being filled.
        public long heldBytes() {
            return (long) partBytes * (atOnce + 1);
        }
    }

    /// So that a small object does not take the memory of a part.
    private static final int FIRST_BUFFER = 64 << 10;

    private final ObjectStore store;
    private final String path;
    private final Parts parts;
    private final Semaphore room;
    private final ExecutorService senders;
    private final List<CompletableFuture<Void>> sent = new ArrayList<>();
    private Optional<Upload> upload = Optional.empty();
    private final Queue<byte[]> free = new ConcurrentLinkedQueue<>();
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int filled;

    public ObjectOutput(ObjectStore store, String path, Parts parts) {
        this.store = store;
        this.path = path;
        this.parts = parts;
        room = new Semaphore(parts.atOnce());
        senders = Executors.newFixedThreadPool(
                parts.atOnce(),
                Thread.ofPlatform().daemon(true).name("send-", 0).factory());
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /// Throws the [StorageFailure] of a part that failed, as soon as it is known.
    @Override
    public void write(byte[] bytes, int offset, int length) {
        int at = offset;
        while (at < offset + length) {
            if (filled == parts.partBytes()) {
                send();
            }
            int taken = Math.min(offset + length - at, parts.partBytes() - filled);
            grow(filled + taken);
            System.arraycopy(bytes, at, buffer, filled, taken);
            filled += taken;
            at += taken;
        }
    }

    private void grow(int needed) {
        if (needed > buffer.length) {
            long doubled = Math.max(needed, 2L * buffer.length);
            byte[] larger = new byte[(int) Math.min(doubled, parts.partBytes())];
            System.arraycopy(buffer, 0, larger, 0, filled);
            buffer = larger;
        }
    }

    private void send() {
        sent.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .findFirst()
                .ifPresent(ObjectOutput::join);
        Upload open = upload.orElseGet(() -> store.upload(path, parts.partBytes()));
        upload = Optional.of(open);
        int number = sent.size() + 1;
        byte[] full = buffer;
        ByteBuffer content = ByteBuffer.wrap(full, 0, filled);
        takeRoom();
        byte[] next = free.poll();
        buffer = next == null ? new byte[parts.partBytes()] : next;
        filled = 0;
        sent.add(CompletableFuture.runAsync(
                () -> {
                    try {
                        open.part(number, content);
                    } finally {
                        free.add(full);
                        room.release();
                    }
                },
                senders));
    }

    private void takeRoom() {
        try {
            room.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StorageFailure.of(StorageFailure.Kind.UNAVAILABLE, "writing was interrupted", Urls.of(store, path))
                    .causedBy(e);
        }
    }

    /// Makes the object visible and durable. Nothing can be written after it. May be called again after a failure.
    public ObjectInfo finish() {
        if (upload.isEmpty() && filled < parts.multipartBytes() || upload.isEmpty() && filled == 0) {
            return store.put(path, ByteBuffer.wrap(buffer, 0, filled));
        }
        if (filled > 0) {
            send();
        }
        sent.forEach(ObjectOutput::join);
        return upload.orElseThrow().complete();
    }

    private static void join(CompletableFuture<Void> part) {
        try {
            part.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException unchecked ? unchecked : failed;
        } catch (CancellationException cancelled) {
            throw new IllegalStateException("a part was cancelled", cancelled);
        }
    }

    /// Waits for the parts on their way, and drops the object unless it was finished.
    @Override
    public void close() {
        senders.close();
        upload.ifPresent(Upload::close);
    }
}
