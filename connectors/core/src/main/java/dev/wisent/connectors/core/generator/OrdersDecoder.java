package dev.wisent.connectors.core.generator;

import dev.wisent.api.Position;
import dev.wisent.api.Stand;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.columnar.Numbering;

/// Makes the rows of a page.
final class OrdersDecoder implements Decoder {
    private final Orders orders;

    OrdersDecoder(GeneratorOptions options) {
        this.orders = new Orders(options.seed(), options.recordBytes());
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Client(Pages.Page page, long bytes))) {
            throw new IllegalArgumentException("a chunk of another source: " + chunk.payload());
        }
        Position end = page.end();
        for (long from = page.from(); from <= page.to(); from += orders.batchRows()) {
            long to = Math.min(page.to(), from + orders.batchRows() - 1);
            Numbering numbering = new Numbering.Within(page.number(), (int) (from - page.first()));
            out.rows(orders.make(from, to).number(numbering), to == page.to() ? Stand.safe(end) : Stand.notHere(end));
        }
    }

    @Override
    public void end(BatchSink out) {}

    @Override
    public void close() {}
}
