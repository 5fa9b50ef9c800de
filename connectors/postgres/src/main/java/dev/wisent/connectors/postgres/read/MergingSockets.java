package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.Address;
import dev.wisent.connectors.sql.net.WatchedSockets;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGProperty;

/// Makes the sockets of one connection, with a [CopyMerger] each. The driver makes the factory itself, by its name and a text,
/// so the text is what they are found by.
public final class MergingSockets extends WatchedSockets {
    private static final Map<String, CopyMerger> MADE = new ConcurrentHashMap<>();

    private final String connection;

    /// @param connection a name nothing else has
    public MergingSockets(String connection) {
        this.connection = connection;
    }

    @Override
    protected InputStream reading(InputStream raw) {
        CopyMerger merger = new CopyMerger(raw);
        // a server may be asked several times, and only the last socket is the connection's; others, later, ask it to
        // stop
        MADE.computeIfPresent(connection, (name, before) -> merger);
        return merger;
    }

    /// What is done with an address whose sockets merge.
    interface Opening<T, E extends Exception> {
        T open(Address merging) throws E;
    }

    /// Connects, and lets the connection merge from now on. An address that says itself who makes its sockets keeps them.
    static <T, E extends Exception> T merging(Address address, Opening<T, E> opening) throws E {
        if (address.says(PGProperty.SOCKET_FACTORY)) {
            return opening.open(address);
        }
        String name = UUID.randomUUID().toString();
        MADE.put(name, new CopyMerger(InputStream.nullInputStream()));
        try {
            T opened = opening.open(address.with(PGProperty.SOCKET_FACTORY.getName(), MergingSockets.class.getName())
                    .with(PGProperty.SOCKET_FACTORY_ARG.getName(), name));
            Optional.ofNullable(MADE.get(name)).ifPresent(CopyMerger::begin);
            return opened;
        } finally {
            MADE.remove(name);
        }
    }
}
