package dev.wisent.connectors.queuerabbitmq.read;

import dev.wisent.api.Reject;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import java.util.List;

/// Decodes messages that were kept as rejects.
record KeptDecoder(MessageDecoder messages) implements Decoder {
    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Client(Reject kept, long bytes))) {
            throw new IllegalArgumentException("no kept reject: " + chunk.payload());
        }
        Delivered again = new Delivered(kept.ordinal(), KeptMessage.of(kept.raw()), Delivered.Identified.YES);
        messages.decode(new Delivered.All(List.of(again)), out);
    }

    @Override
    public void end(BatchSink out) {}

    @Override
    public void close() {}
}
