package dev.wisent.engine.plugin;

import java.util.function.Supplier;

/// One part there is.
///
/// @param factory makes or finds the factory; opens the family if it belongs to one, which may take a while and fail with a
///     [dev.wisent.api.error.WisentException]. Every call gives the same factory
public record Offer<F>(String name, String summary, Origin origin, Supplier<F> factory) {}
