package dev.wisent.api.secret;

import java.util.Map;
import java.util.Optional;

/// Looks up secrets that a configuration refers to as `<scheme>://<path>`. Found by `java.util.ServiceLoader`, and only
/// when a configuration has such a reference.
///
/// One thread. Each path is asked for once while a configuration is read, however often it stands there. Neither a
/// message nor a log of a store may hold a value (R14).
public interface SecretStore {
    /// What references begin with: `gsm`.
    String scheme();

    /// One line for people.
    String summary();

    /// Takes what stands under `secrets.<scheme>` in the configuration, by key; variables in it are resolved. Called once,
    /// before the first [#find], also with nothing.
    default void configure(Map<String, String> settings) {}

    /// The value, as text; empty when there is no such secret.
    ///
    /// @param path what follows `://`
    /// @throws dev.wisent.api.error.WisentException when the store can't be asked: no connection, no rights
    Optional<String> find(String path);
}
