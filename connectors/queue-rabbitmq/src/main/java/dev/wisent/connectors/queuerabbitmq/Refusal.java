package dev.wisent.connectors.queuerabbitmq;

import com.rabbitmq.client.AMQP;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.util.Optional;

/// What a broker said when it closed a channel: the connection is well, and what was asked for is not.
///
/// @param code of AMQP: 404 nothing of that name, 406 not as it is, and so on
record Refusal(int code, String said) {
    private static final String KEYS = "engine.queue.config.queue";
    private static final String AGAIN = "run the pipeline again: it extracts anew what is not in the destination";

    /// Empty: the channel was ended by something else.
    static Optional<Refusal> of(Exception failure) {
        return Login.ended(failure)
                .filter(signal -> !signal.isHardError())
                .map(signal -> signal.getReason() instanceof AMQP.Channel.Close close
                        ? new Refusal(close.getReplyCode(), close.getReplyText())
                        : new Refusal(0, ""));
    }

    /// A message was delivered and not acknowledged for longer than the broker lets anybody do that.
    boolean isLateAcknowledgement() {
        return code == AMQP.PRECONDITION_FAILED && said.contains("timed out");
    }

    WisentException told(Login login, Exception cause) {
        if (code == AMQP.NOT_FOUND && said.contains("no queue")) {
            return gone(login, said).causedBy(cause);
        }
        WisentException refusal = login.refusal(cause);
        if (code == AMQP.PRECONDITION_FAILED && said.contains("inequivalent arg")) {
            return refusal.hint(
                    "a queue of that name is there and made otherwise; once it is empty, delete it: Wisent makes it"
                            + " as it needs it; or set another queue_name in " + KEYS);
        }
        if (code == AMQP.PRECONDITION_FAILED && said.contains("larger than")) {
            return refusal.hint("set max_message_bytes in " + KEYS
                    + " to what the broker takes (its max_message_size), or less: larger entries go in parts");
        }
        return refusal;
    }

    /// The queue was there, and messages were in it.
    static WisentException deleted(Login login, String queue) {
        return gone(login, "no queue '" + queue + "'");
    }

    private static WisentException gone(Login login, String said) {
        return WisentException.of(ErrorCode.QUEUE_GAP, "the queue was deleted, and what waited there with it: " + said)
                .where(login.location())
                .hint(AGAIN);
    }
}
