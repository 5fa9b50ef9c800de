package dev.wisent.connectors.delta;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.delta.log.LogNames;
import dev.wisent.testkit.connector.Behaviour;
import dev.wisent.testkit.connector.DestinationContract;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/// The contract of destinations, in one kind of store; and after each test the table is as the protocol says.
abstract class DeltaContract extends DestinationContract {
    private static final long BASE_EVERY = 5;
    private static final long CHECKPOINT_EVERY = 4;

    private Optional<Places.Place> place = Optional.empty();

    /// Makes a place nobody has used.
    abstract Places.Place place();

    private Places.Place here() {
        if (place.isEmpty()) {
            place = Optional.of(place());
        }
        return place.orElseThrow();
    }

    private static Destination destination(ObjectStore store) {
        return new DeltaDestination(Run.options(store, BASE_EVERY, CHECKPOINT_EVERY), () -> store, Clock.systemUTC());
    }

    @Override
    protected Destination open() {
        return destination(here().open());
    }

    @Override
    protected Set<Behaviour> lacks() {
        return Set.of(Behaviour.SEVERAL_TARGETS);
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) {
        try (ObjectStore store = here().open()) {
            return TableReader.rows(store);
        }
    }

    @Override
    protected OptionalInt hiddenParts() {
        try (ObjectStore store = here().open()) {
            Set<String> parts = new HashSet<>(ProtocolChecker.paths(store, "part-"));
            parts.removeAll(ProtocolChecker.files(store).keySet());
            return OptionalInt.of(parts.size());
        }
    }

    @Override
    protected Optional<Trouble> trouble() {
        HookedStore store = new HookedStore(here().open());
        return Optional.of(new Trouble(
                destination(store),
                () -> store.losesAnswer = path -> path.startsWith(LogNames.LOG),
                () -> store.losesAnswer = path -> false));
    }

    @AfterEach
    final void the_table_is_as_the_protocol_says() {
        try (ObjectStore store = here().open()) {
            ProtocolChecker.check(store);
        }
    }
}
