package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.config.Suggestion;
import dev.wisent.api.transform.TransformFactory;
import dev.wisent.engine.LabelledTransform;
import dev.wisent.engine.plugin.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `transforms:`, a list of steps, each with a `label` and one key that says what it does.
final class TransformsReader {
    static final Key<List<ConfigSection>> TRANSFORMS = Key.mappings("transforms")
            .about("what is done to rows before they are written, in order: [steps](#transforms)")
            .example("[{label: names, rename: {name: full_name}}]")
            .orEmpty();
    private static final Key<String> LABEL = Key.text("label")
            .about("what messages and rejects call the step")
            .example("upper")
            .required();
    private static final Key<?> PYTHON =
            Key.refused("python", "can't run here", "jq changes records: jq: '.name |= ascii_upcase'");
    static final ConfigShape COMMON = ConfigShape.of(LABEL, PYTHON);

    private final Connectors connectors;

    TransformsReader(Connectors connectors) {
        this.connectors = connectors;
    }

    /// The steps in order; those that can't be read are problems, and left out.
    List<LabelledTransform> read(ConfigSection top) {
        List<LabelledTransform> steps = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        for (ConfigSection item : top.read(TRANSFORMS)) {
            Optional<TransformFactory> factory = factory(item);
            item.expect(factory.map(f -> COMMON.and(f.keys())).orElse(COMMON));
            String label = Names.required(item, LABEL);
            if (item.has(LABEL.name()) && !labels.add(label)) {
                item.problem(LABEL.name(), "another transform has the label" + item.quoted(LABEL.name()), "");
            }
            factory.ifPresent(
                    f -> steps.add(new LabelledTransform(label, item.place().toString(), f.create(item))));
        }
        return steps;
    }

    /// What the step does. Other keys than its own are problems of their own.
    private Optional<TransformFactory> factory(ConfigSection item) {
        List<String> names = connectors.catalog().names(Kind.TRANSFORM);
        List<String> named = names.stream().filter(item.keys()::contains).toList();
        if (named.size() == 1) {
            return connectors.catalog().find(Kind.TRANSFORM, named.getFirst());
        }
        named.forEach(item::ignore);
        if (named.size() > 1) {
            item.problem(
                    named.get(1),
                    "a step does one thing: '" + named.getFirst() + "' or '" + named.get(1) + "'",
                    "write two steps, each with a label");
            return Optional.empty();
        }
        List<String> others =
                item.keys().stream().filter(key -> COMMON.key(key).isEmpty()).toList();
        others.forEach(item::ignore);
        if (!others.isEmpty()) {
            String key = others.getFirst();
            item.problem(
                    key,
                    "there is no transform '" + key + "'",
                    Suggestion.closest(key, names)
                            .map(meant -> "did you mean '" + meant + "'?")
                            .orElse("there are: " + String.join(", ", names)));
        } else if (!item.has(PYTHON.name())) {
            item.problem(LABEL.name(), "the step says nothing to do", "one of " + String.join(", ", names));
        }
        return Optional.empty();
    }
}
