package dev.wisent.engine.internal.sim;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Flushing;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.Shipment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.destination.Writer;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Ships rows as they come and stages a part for each target at a cut.
final class SimWriter implements LaneWriter {
    /// Stages rows.
    interface Stage {
        void stage(String name, List<Long> rows);
    }

    private static final class Part {
        final Shipment shipment;
        final List<Long> shipped = new ArrayList<>();
        long rows;

        Part(Shipment shipment) {
            this.shipment = shipment;
        }
    }

    private final World world;
    private final Life life;
    private final Shipping shipping;
    private final Fragment.Kind kind;
    private final Supplier<String> names;
    private final Stage stage;
    private final Map<TargetId, Part> parts = new LinkedHashMap<>();

    SimWriter(World world, Life life, Shipping shipping, Fragment.Kind kind, Supplier<String> names, Stage stage) {
        this.world = world;
        this.life = life;
        this.shipping = shipping;
        this.kind = kind;
        this.names = names;
        this.stage = stage;
    }

    @Override
    public Writer target(TargetId target, Schema schema) {
        return batch -> {
            List<Long> rows = Rows.of(batch);
            Part part = parts.computeIfAbsent(target, t -> new Part(shipping.start(t.name())));
            part.rows += rows.size();
            life.rowsSinceCut += rows.size();
            world.judge.written(life);
            byte[] buffer = part.shipment.buffer(SimSource.bytes(world.random));
            part.shipment.send(buffer, buffer.length, (data, length) -> part.shipped.addAll(rows));
        };
    }

    @Override
    public long heldBytes() {
        return 0;
    }

    @Override
    public Flushing flush() {
        life.rowsSinceCut = 0;
        List<CompletableFuture<Fragment>> flushed = new ArrayList<>();
        parts.forEach((target, part) -> flushed.add(finish(target, part)));
        parts.clear();
        CompletableFuture<List<Fragment>> all = CompletableFuture.allOf(flushed.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> flushed.stream().map(CompletableFuture::join).toList());
        return new Flushing(all);
    }

    private CompletableFuture<Fragment> finish(TargetId target, Part part) {
        String name = names.get();
        Fragment fragment = new Fragment(target, kind, name, part.rows, 1);
        CompletableFuture<Fragment> durable = part.shipment.finish(() -> {
            stage.stage(name, List.copyOf(part.shipped));
            return fragment;
        });
        return world.has(Rule.FRAGMENTS_BEFORE_COMMIT) ? durable : CompletableFuture.completedFuture(fragment);
    }

    @Override
    public void drop() {
        life.rowsSinceCut = 0;
        parts.values().forEach(part -> part.shipment.cancel(() -> {}));
        parts.clear();
    }

    @Override
    public void close() {
        drop();
    }
}
