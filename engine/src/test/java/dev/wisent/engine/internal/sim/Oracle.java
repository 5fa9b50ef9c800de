package dev.wisent.engine.internal.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Judges a finished history.
record Oracle(World world, SimSource source, SimDestination destination, Scenario scenario) {
    void check() {
        List<Long> visible = destination.visible();
        TreeSet<Long> once = new TreeSet<>();
        TreeSet<Long> twice = new TreeSet<>();
        visible.stream().filter(id -> !once.add(id)).forEach(twice::add);
        SimSource.expect(twice.isEmpty(), "rows that are there twice: " + SimSource.sample(twice));
        List<Long> named = new ArrayList<>(destination.named());
        List<Long> seen = new ArrayList<>(visible);
        named.sort(null);
        seen.sort(null);
        SimSource.expect(named.equals(seen), "what is visible is not what the commits name");
        source.judge(visible);
    }
}
