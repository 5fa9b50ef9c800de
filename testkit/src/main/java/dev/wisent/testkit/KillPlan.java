package dev.wisent.testkit;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.KillCase.Layout;
import dev.wisent.testkit.KillCase.Mode;
import dev.wisent.testkit.KillCase.Origin;
import dev.wisent.testkit.KillCase.Runner;
import dev.wisent.testkit.KillCase.Store;
import dev.wisent.testkit.KillCase.Yaml;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Which kills are tried.
public final class KillPlan {
    private static final int FACTORS = 7;

    private KillPlan() {}

    /// All combinations whose runs pass their boundary.
    public static List<KillCase> everything() {
        List<KillCase> all = new ArrayList<>();
        for (Boundary boundary : Boundary.values()) {
            for (Mode mode : Mode.values()) {
                for (Runner runner : Runner.values()) {
                    for (Layout layout : Layout.values()) {
                        for (Origin origin : Origin.values()) {
                            for (Store store : Store.values()) {
                                for (Yaml yaml : Yaml.values()) {
                                    all.add(new KillCase(boundary, mode, runner, layout, origin, store, yaml));
                                }
                            }
                        }
                    }
                }
            }
        }
        all.removeIf(kill -> !kill.isPossible() || kill.unreachable().isPresent());
        return all;
    }

    /// So few of them that still every two values of different factors meet in one: the one that brings the most new pairs,
    /// again and again. The same for the same seed.
    public static List<KillCase> pairwise(long seed) {
        List<KillCase> candidates = everything();
        Collections.shuffle(candidates, new Random(seed));
        Set<Set<Object>> open = new HashSet<>();
        candidates.forEach(kill -> open.addAll(pairs(kill)));
        List<KillCase> chosen = new ArrayList<>();
        while (!open.isEmpty()) {
            KillCase best = candidates.getFirst();
            long most = -1;
            for (KillCase kill : candidates) {
                long fresh = pairs(kill).stream().filter(open::contains).count();
                if (fresh > most) {
                    best = kill;
                    most = fresh;
                }
            }
            open.removeAll(pairs(best));
            chosen.add(best);
        }
        return chosen;
    }

    private static List<Set<Object>> pairs(KillCase kill) {
        Object[] values = {
            kill.boundary(), kill.mode(), kill.runner(), kill.layout(), kill.origin(), kill.store(), kill.yaml()
        };
        List<Set<Object>> pairs = new ArrayList<>();
        for (int i = 0; i < FACTORS; i++) {
            for (int j = i + 1; j < FACTORS; j++) {
                pairs.add(Set.of(values[i], values[j]));
            }
        }
        return pairs;
    }
}
