package dev.wisent.engine.internal.plugin;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.plugin.Families;
import dev.wisent.engine.plugin.FamilyIndex;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.Offer;
import dev.wisent.engine.plugin.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Families, each opened on demand.
public final class FamilySupply implements Supply {
    private final Families families;
    private final Map<String, OpenJars> open = new ConcurrentHashMap<>();
    private volatile List<FamilyIndex> indexes = List.of();
    private volatile boolean read;

    public FamilySupply(Families families) {
        this.families = families;
    }

    @Override
    public <F> List<Offer<F>> offers(Kind<F> kind) {
        if (!read) {
            indexes = families.all();
            read = true;
        }
        List<Offer<F>> offers = new ArrayList<>();
        for (FamilyIndex index : indexes) {
            index.parts(kind)
                    .forEach((name, summary) -> offers.add(new Offer<>(
                            name,
                            summary,
                            new Origin.Family(index.family(), families.availability(index.family())),
                            () -> factory(kind, name, index.family()))));
        }
        return offers;
    }

    private <F> F factory(Kind<F> kind, String name, String family) {
        OpenJars jars = open.computeIfAbsent(family, this::open);
        return jars.factories(kind).stream()
                .filter(f -> kind.name().apply(f).equals(name))
                .findFirst()
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.PLUGIN_UNUSABLE,
                                "the index of family '" + family + "' names " + kind + " '" + name
                                        + "', and its jars hold none")
                        .where(family)
                        .hint("unpack the distribution again"));
    }

    private OpenJars open(String family) {
        Path folder = families.jars(family);
        return OpenJars.open(
                "family " + family, Folders.jars(folder), families.natives(), SharedLibrary.all(), Kind.all());
    }
}
