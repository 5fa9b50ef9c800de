package dev.wisent.connectors.queuerabbitmq;

import dev.wisent.api.error.ErrorCode;

/// What a client serves. Decides the codes of its failures and what their hints name.
public enum Side {
    SOURCE("source", ErrorCode.SOURCE_CONNECTION, ErrorCode.SOURCE_FAILED),
    QUEUE("engine.queue.config.queue", ErrorCode.QUEUE_UNREACHABLE, ErrorCode.QUEUE_REFUSED);

    private final String section;
    private final ErrorCode connection;
    private final ErrorCode refused;

    Side(String section, ErrorCode connection, ErrorCode refused) {
        this.section = section;
        this.connection = connection;
        this.refused = refused;
    }

    /// Where in a pipeline file its keys stand.
    String section() {
        return section;
    }

    ErrorCode connection() {
        return connection;
    }

    /// The code of what the broker answers no to.
    public ErrorCode refused() {
        return refused;
    }
}
