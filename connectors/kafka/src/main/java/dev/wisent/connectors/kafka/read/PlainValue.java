package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.JsonText;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// `message_encoding: text`: the value as a string.
final class PlainValue implements ValueText {
    @Override
    public Optional<MessageRows.Outcome> write(ConsumerRecord<ByteBuffer, ByteBuffer> message, JsonText text) {
        int from = text.length();
        text.escaped(message.value());
        return text.problem(from)
                .map(problem -> new MessageRows.Outcome.Refused(
                        BadRecord.Reason.ENCODING, "the value is no text in UTF-8: " + problem));
    }
}
