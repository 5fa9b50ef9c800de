package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.JsonText;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A key that has to be JSON.
final class JsonKey implements ValueText {
    @Override
    public Optional<MessageRows.Outcome> write(ConsumerRecord<ByteBuffer, ByteBuffer> message, JsonText text) {
        int from = text.length();
        text.raw(message.key());
        return text.problem(from)
                .map(problem ->
                        new MessageRows.Outcome.Refused(BadRecord.Reason.SYNTAX, "the key is no JSON: " + problem));
    }
}
