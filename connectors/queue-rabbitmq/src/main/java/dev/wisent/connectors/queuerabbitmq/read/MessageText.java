package dev.wisent.connectors.queuerabbitmq.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.LoneSurrogates;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Writes messages as JSON. One thread.
final class MessageText {
    /// Why a message can't be one.
    record Refused(BadRecord.Reason reason, String why) {}

    private final ReadOptions options;
    private long replaced;

    MessageText(ReadOptions options) {
        this.options = options;
    }

    /// Halves of characters that were no text so far.
    long replaced() {
        return replaced;
    }

    /// A refused message may leave something behind in `text`, which does not count. Empty: it is written.
    Optional<Refused> write(Delivered delivered, JsonText text) {
        Message message = delivered.message();
        if (message.body().length > options.maxRecordBytes()) {
            return Optional.of(new Refused(
                    BadRecord.Reason.TOO_LARGE,
                    "the message has " + message.body().length + " bytes, and max_record_bytes is "
                            + options.maxRecordBytes()));
        }
        if (delivered.identified() == Delivered.Identified.NO) {
            return Optional.of(
                    new Refused(BadRecord.Reason.MISSING, options.ids().missing()));
        }
        return options.readAs() == ReadOptions.ReadAs.VALUE ? value(message.body(), text) : whole(message, text);
    }

    private Optional<Refused> whole(Message message, JsonText text) {
        message.begin(text);
        text.ascii(",\"value\":");
        Optional<Refused> refused = value(message.body(), text);
        text.ascii("}");
        return refused;
    }

    private Optional<Refused> value(byte[] body, JsonText text) {
        int from = text.length();
        return switch (options.encoding()) {
            case TEXT -> {
                text.escaped(ByteBuffer.wrap(body));
                yield text.problem(from)
                        .map(problem ->
                                new Refused(BadRecord.Reason.ENCODING, "the message is no text in UTF-8: " + problem));
            }
            case JSON -> {
                Optional<LoneSurrogates.Mended> mended = LoneSurrogates.mend(ByteBuffer.wrap(body));
                text.raw(mended.map(LoneSurrogates.Mended::json).orElse(ByteBuffer.wrap(body)));
                Optional<String> problem = text.problem(from);
                if (problem.isEmpty()) {
                    text.onOneLine(from);
                    replaced += mended.map(LoneSurrogates.Mended::count).orElse(0);
                }
                yield problem.map(why -> new Refused(BadRecord.Reason.SYNTAX, "the message is no JSON: " + why));
            }
        };
    }
}
