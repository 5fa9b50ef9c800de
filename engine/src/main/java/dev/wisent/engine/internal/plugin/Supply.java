package dev.wisent.engine.internal.plugin;

import dev.wisent.engine.plugin.BrokenPlugin;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.Offer;
import java.util.List;

/// One place parts come from.
public interface Supply {
    <F> List<Offer<F>> offers(Kind<F> kind);

    default List<BrokenPlugin> broken() {
        return List.of();
    }
}
