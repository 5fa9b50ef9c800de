package dev.wisent.engine.internal.sim;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A broker that keeps what it took, takes some messages twice, loses answers, and delivers again what was not acknowledged,
/// out of order. Like RabbitMQ with one active consumer, or like a log, where each reader goes its own way.
final class SimQueue {
    private static final int FAULT_ONE_IN = 20;
    private static final int AGAIN_ONE_IN = 25;
    private static final int MOVES_ONE_IN = 400;

    private final World world;
    private final boolean log;
    private final int mostBytes;
    private final Map<Integer, Lane> lanes = new HashMap<>();

    SimQueue(World world) {
        this.world = world;
        this.log = world.random.nextBoolean();
        this.mostBytes = 150 + world.random.nextInt(2000);
    }

    /// What was in `left` when all who used it died.
    SimQueue(World world, SimQueue left) {
        this.world = world;
        this.log = left.log;
        this.mostBytes = left.mostBytes;
        left.lanes.values().forEach(lane -> {
            lane.active = Optional.empty();
            lane.again.addAll(lane.out);
            lane.out.clear();
        });
        this.lanes.putAll(left.lanes);
    }

    private static final class Lane {
        final List<byte[]> messages = new ArrayList<>();
        /// As a log: what is committed. Else: which messages are gone.
        int committed;
        final Set<Integer> gone = new HashSet<>();
        final Set<Integer> out = new HashSet<>();
        final List<Integer> again = new ArrayList<>();
        int next;
        Optional<Reader> active = Optional.empty();
    }

    private Lane lane(int number) {
        return lanes.computeIfAbsent(number, n -> new Lane());
    }

    MessageQueue of(Life life) {
        return new MessageQueue() {
            @Override
            public int mostBytes() {
                return mostBytes;
            }

            @Override
            public boolean isDurable() {
                return true;
            }

            @Override
            public void publish(int lane, byte[] message) {
                world.between(life);
                int fault = world.random.nextInt(FAULT_ONE_IN);
                if (fault != 0) {
                    lane(lane).messages.add(message);
                }
                if (fault == 1) {
                    lane(lane).messages.add(message);
                }
                if (fault == 0 || fault == 2) {
                    throw WisentException.transientFailure(
                            ErrorCode.QUEUE_UNREACHABLE, "no answer", new IllegalStateException("no answer"));
                }
            }

            @Override
            public LaneReader read(int lane) {
                return log ? new Follower(lane(lane)) : new Reader(life, lane(lane));
            }

            @Override
            public void close() {}
        };
    }

    private boolean hasNothingNow() {
        return world.random.nextInt(4) == 0;
    }

    /// Reads a log from what is committed.
    private final class Follower implements LaneReader {
        private final Lane lane;
        private final TreeMap<Integer, Boolean> done = new TreeMap<>();
        private int floor;
        private int next;

        Follower(Lane lane) {
            this.lane = lane;
            this.floor = lane.committed;
            this.next = lane.committed;
        }

        @Override
        public Optional<Delivery> poll(Duration wait) {
            if (next == lane.messages.size() || hasNothingNow()) {
                return Optional.empty();
            }
            int at = next++;
            return Optional.of(new Delivery(at, lane.messages.get(at)));
        }

        @Override
        public void acknowledge(long tag) {
            done.put((int) tag, true);
            while (done.containsKey(floor)) {
                done.remove(floor++);
            }
            lane.committed = Math.max(lane.committed, floor);
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }

    /// The active one gets messages; another becomes it when that one's process is gone or seems so.
    private final class Reader implements LaneReader {
        private final Life life;
        private final Lane lane;
        private final Map<Long, Integer> tags = new HashMap<>();
        private long lastTag;

        Reader(Life life, Lane lane) {
            this.life = life;
            this.lane = lane;
        }

        @Override
        public Optional<Delivery> poll(Duration wait) {
            if (!isActive() || hasNothingNow()) {
                return Optional.empty();
            }
            if (!lane.out.isEmpty() && world.random.nextInt(AGAIN_ONE_IN) == 0) {
                return Optional.of(deliver(lane.out.iterator().next()));
            }
            if (!lane.again.isEmpty()) {
                return Optional.of(deliver(lane.again.removeFirst()));
            }
            return lane.next < lane.messages.size() ? Optional.of(deliver(lane.next++)) : Optional.empty();
        }

        private boolean isActive() {
            Reader before = lane.active.orElse(this);
            if (before != this) {
                if (before.life.state == Life.State.RUNNING && world.random.nextInt(MOVES_ONE_IN) > 0) {
                    return false;
                }
                before.close();
            }
            lane.active = Optional.of(this);
            return true;
        }

        private Delivery deliver(int message) {
            lane.out.add(message);
            tags.put(++lastTag, message);
            return new Delivery(lastTag, lane.messages.get(message));
        }

        @Override
        public void acknowledge(long tag) {
            Integer message = tags.remove(tag);
            if (message != null) {
                lane.out.remove(message);
                lane.again.remove(message);
                lane.gone.add(message);
            }
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {
            if (lane.active.equals(Optional.of(this))) {
                lane.active = Optional.empty();
                List<Integer> back = new ArrayList<>(lane.out);
                Collections.shuffle(back, world.random);
                lane.again.addAll(back);
                lane.out.clear();
            }
            tags.clear();
        }
    }
}
