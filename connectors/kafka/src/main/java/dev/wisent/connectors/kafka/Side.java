package dev.wisent.connectors.kafka;

import dev.wisent.api.error.ErrorCode;

/// Which end of a pipeline, or what between them, a client serves. Decides the codes of its failures and what their hints name.
public enum Side {
    SOURCE("source", ErrorCode.SOURCE_CONNECTION, ErrorCode.SOURCE_FAILED),
    DESTINATION("destination.config", ErrorCode.DESTINATION_CONNECTION, ErrorCode.WRITE_FAILED),
    QUEUE("engine.queue.config.queue", ErrorCode.QUEUE_UNREACHABLE, ErrorCode.QUEUE_REFUSED);

    private final String section;
    private final ErrorCode connection;
    private final ErrorCode failed;

    Side(String section, ErrorCode connection, ErrorCode failed) {
        this.section = section;
        this.connection = connection;
        this.failed = failed;
    }

    /// Where in a pipeline file its keys stand.
    String section() {
        return section;
    }

    ErrorCode connection() {
        return connection;
    }

    ErrorCode failed() {
        return failed;
    }
}
