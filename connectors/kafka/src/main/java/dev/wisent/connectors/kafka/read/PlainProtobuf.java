package dev.wisent.connectors.kafka.read;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Values that are all of one message, with nothing before it.
///
/// @param writer said by the options
record PlainProtobuf(WriterSchema writer) implements TypedMessages {
    @Override
    public Found find(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        return new Found.Written(writer, message.value());
    }

    @Override
    public String part() {
        return "value";
    }
}
