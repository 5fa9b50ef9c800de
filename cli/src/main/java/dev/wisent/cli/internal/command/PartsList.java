package dev.wisent.cli.internal.command;

import dev.wisent.cli.internal.console.Table;
import dev.wisent.engine.plugin.Catalog;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.Offer;
import dev.wisent.engine.plugin.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The parts of one kind: what is there, where it comes from, and what isn't there. Families stay closed, so of their parts
/// only the index is told.
///
/// @param later names of versions to come
/// @param column the heading of what a part's factory adds, and `cell` what it adds
/// @param details the same as JSON
record PartsList<F>(
        Kind<F> kind, List<String> later, String column, Function<F, String> cell, BiConsumer<F, ObjectNode> details) {
    private static final String UNKNOWN = "-";

    int tell(ParseResult parsed, Shell shell) {
        Catalog catalog = shell.connectors().get().catalog();
        List<Offer<F>> offers = catalog.offers(kind);
        if (Options.isJson(parsed)) {
            shell.console().result(json(offers, catalog).toString());
        } else {
            Table table = new Table(kind.word().toUpperCase(Locale.ROOT), "FROM", column, "WHAT IT IS");
            offers.forEach(o -> table.row(
                    o.name(),
                    from(o.origin()),
                    isOpen(o) ? cell.apply(o.factory().get()) : UNKNOWN,
                    o.summary()));
            later.forEach(name -> table.row(name, UNKNOWN, UNKNOWN, "not in this version yet"));
            table.lines().forEach(shell.console()::result);
        }
        catalog.broken()
                .forEach(b -> shell.console().talk("warning: " + b.error().what()));
        return 0;
    }

    private static boolean isOpen(Offer<?> offer) {
        return !(offer.origin() instanceof Origin.Family);
    }

    private static String from(Origin origin) {
        return switch (origin) {
            case Origin.Core core -> core.toString();
            case Origin.Plugin plugin -> plugin.toString();
            case Origin.Family family -> family + note(family.availability());
        };
    }

    private static String note(Origin.Availability availability) {
        return switch (availability) {
            case INSTALLED -> "";
            case BUILT_ON_USE -> ", built when first used";
            case LEFT_OUT -> ", left out: get it from the full distribution";
        };
    }

    private ObjectNode json(List<Offer<F>> offers, Catalog catalog) {
        ObjectNode node = Json.versioned();
        ArrayNode list = node.putArray(kind.word() + "s");
        for (Offer<F> offer : offers) {
            ObjectNode entry = list.addObject().put("name", offer.name()).put("summary", offer.summary());
            origin(entry, offer.origin());
            if (isOpen(offer)) {
                details.accept(offer.factory().get(), entry);
            }
        }
        node.set("later", Json.array(later));
        ArrayNode broken = node.putArray("broken");
        catalog.broken()
                .forEach(b -> broken.addObject()
                        .put("plugin", b.jar().toString())
                        .put("message", b.error().what()));
        return node;
    }

    private static void origin(ObjectNode entry, Origin origin) {
        switch (origin) {
            case Origin.Core _ -> entry.put("origin", "core");
            case Origin.Family(String name, Origin.Availability availability) ->
                entry.put("origin", "family")
                        .put("family", name)
                        .put("availability", availability.name().toLowerCase(Locale.ROOT));
            case Origin.Plugin(Path jar) -> entry.put("origin", "plugin").put("jar", jar.toString());
        }
    }
}
