package dev.wisent.storage;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.ObjectStoreFactory;
import dev.wisent.api.storage.ObjectStores;
import dev.wisent.api.storage.StoreLocation;
import dev.wisent.api.storage.StoreOption;
import dev.wisent.api.storage.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// Opens stores: local ones, and those of the factories somebody finds.
public final class Stores implements ObjectStores {
    /// As long as object stores are known to need for getting up again.
    static final Duration STANDARD_BUDGET = Duration.ofSeconds(180);

    static final StoreOption RETRY_BUDGET = StoreOption.of(
            "retry_budget", "seconds a request is tried again after failures that may pass; default 180");
    static final StoreOption CONNECT_TIMEOUT =
            StoreOption.of("connect_timeout", "seconds a connection may take to be made; default 5");
    static final StoreOption TIMEOUT =
            StoreOption.of("timeout", "seconds a request waits for its next byte; default 30");
    /// What every store takes.
    private static final List<StoreOption> COMMON = List.of(RETRY_BUDGET, CONNECT_TIMEOUT, TIMEOUT);

    private final Function<String, Optional<ObjectStoreFactory>> factories;
    private final Map<String, String> environment;

    /// @param factories finds the factory of a [StoreLocation#store]; may open a family for it
    /// @param environment the variables stores look at
    public Stores(Function<String, Optional<ObjectStoreFactory>> factories, Map<String, String> environment) {
        this.factories = factories;
        this.environment = Map.copyOf(environment);
    }

    /// Local disk only.
    public static Stores local() {
        return new Stores(name -> Optional.empty(), Map.of());
    }

    @Override
    public ObjectStore open(String url, Map<String, String> options) {
        StoreLocation location = StoreUrls.parse(url);
        Map<String, String> lower = new TreeMap<>();
        options.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        Retries retries = Retries.within(seconds(lower, RETRY_BUDGET, STANDARD_BUDGET));
        Duration connect = seconds(lower, CONNECT_TIMEOUT, Duration.ofSeconds(5));
        Duration request = seconds(lower, TIMEOUT, Duration.ofSeconds(30));
        if (location.store().equals("local")) {
            refuseUnknown(location, lower, List.of());
            return new SteadyStore(new LocalStore(Path.of(location.prefix())), retries);
        }
        ObjectStoreFactory factory = factories
                .apply(location.store())
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.UNKNOWN_CONNECTOR, "there is no store '" + location.store() + "'")
                        .where(location.url())
                        .hint("its family is not installed"));
        refuseUnknown(location, lower, factory.options());
        ObjectStore bucket = factory.open(location, new StoreSettings(lower, environment, connect, request));
        return new PlacedStore(new SteadyStore(bucket, retries), location.prefix(), location.url());
    }

    private static Duration seconds(Map<String, String> options, StoreOption option, Duration standard) {
        String text = options.getOrDefault(option.name(), "");
        if (text.isBlank()) {
            return standard;
        }
        try {
            return Duration.ofMillis(Math.round(Double.parseDouble(text.strip()) * 1000));
        } catch (NumberFormatException e) {
            throw WisentException.of(
                    ErrorCode.CONFIG_INVALID, "storage option '" + option.name() + "' must be a number of seconds");
        }
    }

    private static void refuseUnknown(StoreLocation location, Map<String, String> options, List<StoreOption> own) {
        TreeSet<String> known = new TreeSet<>(Stream.concat(COMMON.stream(), own.stream())
                .map(StoreOption::name)
                .toList());
        options.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw WisentException.of(ErrorCode.CONFIG_INVALID, "unknown storage option '" + name + "'")
                            .where(location.url())
                            .hint("known for " + location.store() + ": " + String.join(", ", known));
                });
    }

    /// Wildcards of a pattern, by [PathPattern].
    @Override
    public Places split(String url) {
        int wild = PathPattern.firstWildcard(url);
        if (wild == url.length()) {
            return new Places(url, "");
        }
        int slash = url.lastIndexOf('/', wild);
        String root = slash < 0 ? "." : slash == 0 ? "/" : url.substring(0, slash);
        return new Places(root, url.substring(slash + 1));
    }
}
