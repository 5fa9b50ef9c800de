package dev.wisent.engine.plugin;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.internal.plugin.ClassPathSupply;
import dev.wisent.engine.internal.plugin.FamilySupply;
import dev.wisent.engine.internal.plugin.FixedSupply;
import dev.wisent.engine.internal.plugin.PluginSupply;
import dev.wisent.engine.internal.plugin.Supply;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All parts there are, of every [Kind]. A family is opened when [#find] is asked for something of it; plug-ins are opened when
/// anything is looked up, for only their factories know their names. What was opened stays open until the process
/// ends.
///
/// May be called from several threads.
public final class Catalog {
    private final Families families;
    private final List<Supply> supplies;

    private Catalog(Families families, List<Supply> supplies) {
        this.families = families;
        this.supplies = List.copyOf(supplies);
    }

    /// What is on the class path, and `families`.
    public static Catalog of(Families families) {
        return new Catalog(families, List.of(new ClassPathSupply(), new FamilySupply(families)));
    }

    /// Exactly these factories: for programs that bring their own, and for tests.
    public static Catalog holding(Map<Kind<?>, List<?>> factories) {
        return new Catalog(Families.none(), List.of(new FixedSupply(factories)));
    }

    /// This catalog and the plug-ins in `place`: a jar, or a folder, which need not exist. In a folder, and in each folder
    /// directly in it, every jar that names a factory is a plug-in; jars beside it that name none are libraries of
    /// all plug-ins there.
    public Catalog with(Path place) {
        Path real = place.toAbsolutePath().normalize();
        boolean known = supplies.stream()
                .anyMatch(s -> s instanceof PluginSupply p && p.place().equals(real));
        return known
                ? this
                : new Catalog(
                        families,
                        Stream.concat(supplies.stream(), Stream.of(new PluginSupply(real, families.natives())))
                                .toList());
    }

    /// The parts of one kind, by name. Opens no family.
    public <F> List<Offer<F>> offers(Kind<F> kind) {
        return supplies.stream()
                .flatMap(supply -> supply.offers(kind).stream())
                .sorted(Comparator.comparing(Offer::name))
                .toList();
    }

    /// The names of one kind, in order.
    public List<String> names(Kind<?> kind) {
        return offers(kind).stream().map(Offer::name).distinct().toList();
    }

    /// The factory called `name`. Two of that name, and a family that can't be opened, are refused.
    public <F> Optional<F> find(Kind<F> kind, String name) {
        List<Offer<F>> named =
                offers(kind).stream().filter(o -> o.name().equals(name)).toList();
        if (named.size() > 1) {
            throw WisentException.of(
                            ErrorCode.PLUGIN_UNUSABLE,
                            "there are " + named.size() + " " + kind + "s named '" + name + "'")
                    .where(named.stream().map(o -> o.origin().toString()).collect(Collectors.joining("\n")))
                    .hint("remove or rename all but one")
                    .next(
                            kind.equals(Kind.STATE_STORE)
                                            || kind.equals(Kind.OBJECT_STORE)
                                            || kind.equals(Kind.FILE_FORMAT)
                                            || kind.equals(Kind.QUEUE)
                                            || kind.equals(Kind.JDBC_DRIVER)
                                    ? "wisent doctor"
                                    : "wisent " + kind + " list");
        }
        return named.stream().findFirst().map(offer -> offer.factory().get());
    }

    /// The plug-ins that can't be opened. What they would have brought is not known.
    public List<BrokenPlugin> broken() {
        return supplies.stream().flatMap(supply -> supply.broken().stream()).toList();
    }
}
