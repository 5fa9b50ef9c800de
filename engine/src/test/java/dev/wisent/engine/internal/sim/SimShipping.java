package dev.wisent.engine.internal.sim;

import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// Ships a part's actions in turns of their own, within the life's ship share (R10). A worker that finds no room waits in the
/// middle of its turn, while others take theirs.
final class SimShipping implements Shipping {
    private static final int FAILS_ONE_IN = 600;
    private final World world;
    private final Life life;

    SimShipping(World world, Life life) {
        this.world = world;
        this.life = life;
    }

    @Override
    public Shipment start(String what) {
        Part part = new Part(what);
        world.pool.add(life, part);
        return part;
    }

    private final class Part extends Task implements Shipment {
        private final ArrayDeque<Runnable> actions = new ArrayDeque<>();
        private Optional<WisentException> failure = Optional.empty();
        private boolean last;

        Part(String what) {
            super("ship-" + what);
        }

        @Override
        public byte[] buffer(int capacity) {
            world.await(life, () -> life.ship.tryTake(capacity));
            return new byte[capacity];
        }

        @Override
        public void send(byte[] data, int length, Action action) {
            enqueue(() -> {
                try {
                    if (life.mayFail && world.random.nextInt(FAILS_ONE_IN) == 0) {
                        failure = Optional.of(WisentException.of(ErrorCode.WRITE_FAILED, "the disk is gone"));
                    }
                    if (failure.isEmpty()) {
                        action.run(data, length);
                    }
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                } finally {
                    life.ship.give(data.length);
                }
            });
        }

        @Override
        public <T> CompletableFuture<T> finish(Callable<T> end) {
            CompletableFuture<T> result = new CompletableFuture<>();
            enqueue(() -> {
                last = true;
                try {
                    boolean unused = failure.isPresent()
                            ? result.completeExceptionally(failure.get())
                            : result.complete(end.call());
                } catch (Violation violation) {
                    throw violation;
                } catch (Exception e) {
                    boolean unused = result.completeExceptionally(e);
                }
            });
            return result;
        }

        @Override
        public void cancel(Runnable cleanUp) {
            enqueue(() -> {
                last = true;
                cleanUp.run();
            });
        }

        private void enqueue(Runnable action) {
            actions.add(action);
            wake();
        }

        @Override
        public Turn turn() {
            if (actions.isEmpty()) {
                return last ? Turn.DONE : new Turn.Idle(Long.MAX_VALUE);
            }
            try {
                actions.remove().run();
            } catch (RuntimeException e) {
                if (life.state != Life.State.DEAD) {
                    throw e;
                }
                return Turn.DONE;
            }
            return Turn.BUSY;
        }
    }
}
