package dev.wisent.cli.internal.config;

import dev.wisent.api.error.WisentException;
import dev.wisent.api.secret.SecretStore;
import dev.wisent.engine.plugin.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks [secret stores][SecretStore], each path once. Stores are looked for only when a reference names one.
final class SecretStores {
    static final String SEPARATOR = "://";
    /// Those that references may name; other `x://` values are addresses.
    private static final List<String> SCHEMES = List.of("gsm");

    private final Connectors connectors;
    private final Map<String, Answer> answers = new HashMap<>();

    SecretStores(Connectors connectors) {
        this.connectors = connectors;
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
        Optional<SecretStore> store = connectors.catalog().find(Kind.SECRET_STORE, scheme);
        if (store.isEmpty()) {
            return new Answer.None(
                    scheme + SEPARATOR + " (Google Secret Manager) is not available in this version yet",
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
}
