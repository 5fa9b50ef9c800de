package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.LoneSurrogates;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// `message_encoding: json`: the value as it is.
final class JsonValue implements ValueText {
    private long replaced;

    @Override
    public Optional<MessageRows.Outcome> write(ConsumerRecord<ByteBuffer, ByteBuffer> message, JsonText text) {
        ByteBuffer value = message.value();
        Optional<LoneSurrogates.Mended> mended = LoneSurrogates.mend(value);
        int from = text.length();
        text.raw(mended.map(LoneSurrogates.Mended::json).orElse(value));
        Optional<String> problem = text.problem(from);
        if (problem.isPresent()) {
            return Optional.of(
                    new MessageRows.Outcome.Refused(BadRecord.Reason.SYNTAX, "the value is no JSON: " + problem.get()));
        }
        text.onOneLine(from);
        replaced += mended.map(LoneSurrogates.Mended::count).orElse(0);
        return Optional.empty();
    }

    @Override
    public long replaced() {
        return replaced;
    }
}
