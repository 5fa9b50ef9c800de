package dev.wisent.connectors.core.generator;

import dev.wisent.api.StreamId;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import java.util.List;

/// The stream `orders`, made up from a seed.
final class GeneratorSource implements Source {
    private final GeneratorOptions options;

    GeneratorSource(GeneratorOptions options) {
        this.options = options;
    }

    @Override
    public void check() {}

    @Override
    public List<StreamInfo> streams() {
        return List.of(Orders.STREAM);
    }

    @Override
    public Traits traits(StreamId stream) {
        return new Traits(Traits.Replay.EXACT, Traits.Readers.SHARED, Traits.Publish.AT_END, Traits.Shape.COLUMNS);
    }

    @Override
    public String fingerprint(StreamId stream) {
        return options.fingerprint();
    }

    @Override
    public Planner plan(ReadRequest request) {
        return new OrdersPlanner(options, request);
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new PageReader(options);
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return new OrdersDecoder(options);
    }

    @Override
    public void close() {}
}
