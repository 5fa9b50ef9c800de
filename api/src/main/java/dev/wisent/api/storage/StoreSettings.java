package dev.wisent.api.storage;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a store is opened with. Holds secrets: it has no text of its own.
///
/// @param options by name, in lower case; each one is known
/// @param environment the variables of the process, or what stands for them
/// @param connectTimeout how long a connection may take to be made
/// @param requestTimeout how long one attempt may take without a byte moving
public record StoreSettings(
        Map<String, String> options,
        Map<String, String> environment,
        Duration connectTimeout,
        Duration requestTimeout) {
    /// What the options say, or else the environment.
    public Optional<String> find(StoreOption option) {
        return Stream.concat(
                        Stream.ofNullable(options.get(option.name())),
                        option.variables().stream().map(environment::get))
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }

    @Override
    public String toString() {
        return "StoreSettings";
    }
}
