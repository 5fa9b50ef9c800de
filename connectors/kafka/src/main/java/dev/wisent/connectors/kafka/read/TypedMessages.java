package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.Column;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Keys or values of a schema: which one each was written with. One thread.
interface TypedMessages {
    /// What a message has.
    sealed interface Found {
        /// @param content behind what names the schema
        record Written(WriterSchema schema, ByteBuffer content) implements Found {}

        record None(MessageRows.Outcome.Refused refused) implements Found {}

        static Found none(String why) {
            return new None(refused(why));
        }
    }

    Found find(ConsumerRecord<ByteBuffer, ByteBuffer> message);

    /// Which part of messages: `key` or `value`.
    String part();

    /// Reads the content with `reading`, which has to take all of it.
    static void read(ByteBuffer content, WriterSchema.Reading reading, List<Column> columns) throws IOException {
        byte[] array;
        int from = 0;
        if (content.hasArray()) {
            array = content.array();
            from = content.arrayOffset() + content.position();
        } else {
            array = new byte[content.remaining()];
            content.duplicate().get(array);
        }
        try {
            reading.read(array, from, content.remaining(), columns);
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    default MessageRows.Outcome.Refused unreadable(WriterSchema schema, IOException e) {
        String message = e.getMessage();
        return refused("the " + part() + " can't be read by " + schema + ": "
                + (message == null ? "it ends too soon" : message));
    }

    private static MessageRows.Outcome.Refused refused(String why) {
        return new MessageRows.Outcome.Refused(BadRecord.Reason.SYNTAX, why);
    }
}
