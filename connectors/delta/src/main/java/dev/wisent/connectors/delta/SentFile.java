package dev.wisent.connectors.delta;

import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.Upload;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/// One data file on its way to the store: a small one in a single put, a larger one in parts, several at a time. Parts are
/// handed over by one thread; they are sent, and the file is completed or given up, by ship threads.
final class SentFile {
    private final ObjectStore store;
    private final String path;
    private final Sending sending;
    private final Shipping shipping;
    private final Semaphore files;
    private final List<Shipment> lanes = new ArrayList<>();
    private int parts;

    private Optional<Upload> upload = Optional.empty();
    private Optional<ObjectInfo> put = Optional.empty();
    private int atWork;

    /// @param files a permit for each file that may be sent at the same time; this takes one while a part of it is
    SentFile(ObjectStore store, String path, Sending sending, Shipping shipping, Semaphore files) {
        this.store = store;
        this.path = path;
        this.sending = sending;
        this.shipping = shipping;
        this.files = files;
        lanes.add(shipping.start(path));
    }

    String path() {
        return path;
    }

    /// A whole part. Waits for room in the ship share.
    void part(byte[] data, int from) {
        send(data, from, sending.partBytes(), this::sendPart);
    }

    /// The rest, shorter than a part; if it is all there is and short, one put sends it.
    void rest(byte[] data, int length) {
        if (parts == 0 && length < sending.multipartBytes()) {
            send(data, 0, length, (number, content) -> put = Optional.of(store.put(path, content)));
        } else if (length > 0) {
            send(data, 0, length, this::sendPart);
        }
    }

    private interface Sender {
        void send(int number, ByteBuffer content);
    }

    private void send(byte[] data, int from, int length, Sender sender) {
        int number = ++parts;
        int at = (number - 1) % sending.partsAtOnce();
        if (at == lanes.size()) {
            lanes.add(shipping.start(path));
        }
        Shipment lane = lanes.get(at);
        byte[] shipped = lane.buffer(length);
        System.arraycopy(data, from, shipped, 0, length);
        lane.send(shipped, length, (bytes, count) -> {
            begin();
            try {
                sender.send(number, ByteBuffer.wrap(bytes, 0, count));
            } finally {
                end();
            }
        });
    }

    private synchronized void begin() {
        if (atWork == 0) {
            files.acquireUninterruptibly();
        }
        atWork++;
    }

    private synchronized void end() {
        atWork--;
        if (atWork == 0) {
            files.release();
        }
    }

    private void sendPart(int number, ByteBuffer content) {
        upload().part(number, content);
    }

    private synchronized Upload upload() {
        if (upload.isEmpty()) {
            upload = Optional.of(store.upload(path, sending.partBytes()));
        }
        return upload.get();
    }

    /// Does `last` when all parts are there; fails with the first failure.
    <T> CompletableFuture<T> finish(Callable<T> last) {
        return allSent().thenCompose(sent -> lanes.getFirst().finish(last));
    }

    private CompletableFuture<Void> allSent() {
        return CompletableFuture.allOf(
                lanes.stream().map(lane -> lane.finish(() -> true)).toArray(CompletableFuture<?>[]::new));
    }

    /// When the store has all of it, for good: when it was written. On a ship thread.
    Instant complete() {
        if (put.isPresent()) {
            return put.get().modified();
        }
        Upload sent = upload();
        Instant modified = sent.complete().modified();
        sent.close();
        synchronized (this) {
            upload = Optional.empty();
        }
        return modified;
    }

    /// Takes everything back when what was handed over has been sent. Returns at once.
    @SuppressWarnings("FutureReturnValueIgnored") // what can't be taken back is left to the next run's sweep
    void cancel() {
        CompletableFuture<Void> sent = allSent();
        if (parts > 0) {
            sent.whenComplete((all, failure) -> discard());
        }
    }

    /// Takes everything back, once nothing of it is being sent any more. What can't be taken back is left to the next run's
    /// sweep.
    synchronized void discard() {
        try {
            upload.ifPresent(Upload::close);
            store.delete(path);
        } catch (WisentException leftToTheSweep) {
            return;
        }
    }
}
