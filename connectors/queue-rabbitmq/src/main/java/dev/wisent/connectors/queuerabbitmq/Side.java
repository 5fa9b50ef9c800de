package dev.wisent.connectors.queuerabbitmq;

import dev.wisent.api.error.ErrorCode;

/// What a client serves. Decides the codes of its failures and what their hints name.
public enum Side {
    SOURCE(
            "source",
            "give the user the right read on the queue, or set another username or vhost",
            ErrorCode.SOURCE_CONNECTION,
            ErrorCode.SOURCE_FAILED),
    QUEUE(
            "engine.queue.config.queue",
            "give the user the rights configure, write and read on queues of that name, and write on amq.default,"
                    + " or set another username, vhost or queue_name",
            ErrorCode.QUEUE_UNREACHABLE,
            ErrorCode.QUEUE_REFUSED);

    private final String section;
    private final String rights;
    private final ErrorCode connection;
    private final ErrorCode refused;

    Side(String section, String rights, ErrorCode connection, ErrorCode refused) {
        this.section = section;
        this.rights = rights;
        this.connection = connection;
        this.refused = refused;
    }

    /// Where in a pipeline file its keys stand.
    String section() {
        return section;
    }

    /// What to do about rights that are missing: the place of its keys follows.
    String rights() {
        return rights;
    }

    ErrorCode connection() {
        return connection;
    }

    /// The code of what the broker answers no to.
    public ErrorCode refused() {
        return refused;
    }
}
