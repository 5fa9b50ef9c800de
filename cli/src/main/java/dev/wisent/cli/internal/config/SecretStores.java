package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.secret.SecretStore;
import dev.wisent.engine.plugin.Catalog;
import dev.wisent.engine.plugin.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Asks [secret stores][SecretStore], each path once. Stores are looked for only when a reference names one.
final class SecretStores {
    static final String SEPARATOR = "://";
    /// Those that references may name; other `x://` values are addresses.
    private static final List<String> SCHEMES = List.of("gsm");

    private final Connectors connectors;
    private final UnaryOperator<String> variables;
    private final ConfigNode file;
    private final Map<String, Optional<SecretStore>> stores = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();

    /// @param file where `secrets` may stand
    /// @param variables resolves the references to variables in a text
    SecretStores(Connectors connectors, ConfigNode file, UnaryOperator<String> variables) {
        this.connectors = connectors;
        this.file = file;
        this.variables = variables;
    }

    /// Knows no scheme's store.
    static SecretStores none(ConfigNode file) {
        return new SecretStores(new Connectors(Catalog.holding(Map.of())), file, UnaryOperator.identity());
    }

    /// What a store answered.
    sealed interface Answer {
        record Value(String value) implements Answer {
            @Override
            public String toString() {
                return "***";
            }
        }

        record None(String why, String hint) implements Answer {}
    }

    /// The scheme of a store that the text begins with.
    Optional<String> scheme(String text) {
        return SCHEMES.stream()
                .filter(scheme -> text.startsWith(scheme + SEPARATOR))
                .findFirst();
    }

    Answer find(String scheme, String path) {
        return answers.computeIfAbsent(scheme + SEPARATOR + path, reference -> ask(scheme, path));
    }

    private Answer ask(String scheme, String path) {
        Optional<SecretStore> store = stores.computeIfAbsent(scheme, this::open);
        if (store.isEmpty()) {
            return new Answer.None(
                    scheme + SEPARATOR
                            + " (Google Secret Manager) needs the family secrets-gsm, which is not installed",
                    "put the secret into a variable and write env://NAME");
        }
        if (path.isEmpty()) {
            return new Answer.None(
                    "the reference " + scheme + SEPARATOR + " names no secret", "write " + scheme + SEPARATOR + "NAME");
        }
        try {
            return store.get()
                    .find(path)
                    .<Answer>map(Answer.Value::new)
                    .orElseGet(() -> new Answer.None(
                            "there is no secret " + scheme + SEPARATOR + path,
                            "is the name right, and may you read it?"));
        } catch (WisentException failed) {
            return new Answer.None(failed.what(), failed.hint());
        }
    }

    private Optional<SecretStore> open(String scheme) {
        Optional<SecretStore> store = connectors.catalog().find(Kind.SECRET_STORE, scheme);
        store.ifPresent(found -> found.configure(settings(scheme)));
        return store;
    }

    /// What stands under `secrets.<scheme>`, needed before the rest of the file can be read.
    private Map<String, String> settings(String scheme) {
        Map<String, String> settings = new HashMap<>();
        below(Optional.of(file), "secrets")
                .flatMap(section -> below(Optional.of(section), scheme))
                .filter(ConfigNode.Mapping.class::isInstance)
                .map(ConfigNode.Mapping.class::cast)
                .ifPresent(mapping -> mapping.entries().forEach((key, entry) -> {
                    if (entry.value() instanceof ConfigNode.Scalar scalar && scalar.kind() != ConfigNode.Kind.NULL) {
                        settings.put(key, variables.apply(scalar.text()));
                    }
                }));
        return settings;
    }

    private static Optional<ConfigNode> below(Optional<ConfigNode> node, String key) {
        return node.filter(ConfigNode.Mapping.class::isInstance)
                .map(ConfigNode.Mapping.class::cast)
                .flatMap(mapping -> Optional.ofNullable(mapping.entries().get(key)))
                .map(ConfigNode.Entry::value);
    }
}
