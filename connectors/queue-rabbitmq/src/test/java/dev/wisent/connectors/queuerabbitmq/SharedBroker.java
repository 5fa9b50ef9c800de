package dev.wisent.connectors.queuerabbitmq;

import java.util.Optional;

/// One broker for all test classes of the module: it takes long to start.
public final class SharedBroker {
    private static Optional<Broker> shared = Optional.empty();

    private SharedBroker() {}

    public static synchronized Broker broker() {
        if (shared.isEmpty()) {
            Broker started = new Broker();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = Optional.of(started);
        }
        return shared.get();
    }
}
