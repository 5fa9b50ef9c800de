package dev.wisent.engine.internal.sim;

import dev.wisent.engine.internal.run.Strands;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Judges a finished history.
record Oracle(Judge judge, SimSource source, SimDestination destination) {
    void check() {
        List<Long> visible = destination.visible();
        expectOnce(visible);
        List<Long> named = new ArrayList<>(destination.named());
        List<Long> seen = new ArrayList<>(visible);
        named.sort(null);
        seen.sort(null);
        SimSource.expect(named.equals(seen), "what is visible is not what the commits name");
        source.judge(visible);
        long rejects = destination.truth().view().live().rejects().stream()
                .mapToLong(file -> file.count())
                .sum();
        long corrupt = judge.finished().stream()
                .filter(split -> !Strands.isOne(split) && source.isCorrupt(split))
                .count();
        SimSource.expect(
                rejects == corrupt, corrupt + " inputs could not be read, " + rejects + " are among the rejects (R8)");
    }

    static void expectOnce(List<Long> rows) {
        TreeSet<Long> once = new TreeSet<>();
        TreeSet<Long> twice = new TreeSet<>();
        rows.stream().filter(row -> !once.add(row)).forEach(twice::add);
        SimSource.expect(twice.isEmpty(), "rows that are there twice: " + SimSource.sample(twice));
    }
}
