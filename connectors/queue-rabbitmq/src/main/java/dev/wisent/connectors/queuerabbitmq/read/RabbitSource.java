package dev.wisent.connectors.queuerabbitmq.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// Queues as one stream. What is read is gone from them once it is committed, so there is no reading them anew.
final class RabbitSource implements Source {
    private final ReadOptions options;
    private final Notes notes = new Notes();

    RabbitSource(ReadOptions options) {
        this.options = options;
    }

    @Override
    public void check() {
        try (BrokerConnection broker = new BrokerConnection(options.login())) {
            options.queues().forEach(each -> broker.check(each.queue()));
        }
    }

    @Override
    public List<StreamInfo> streams() {
        return List.of(new StreamInfo(
                options.stream(),
                Optional.empty(),
                List.of(),
                List.of(),
                EnumSet.of(SyncMode.INCREMENTAL, SyncMode.STREAM),
                SyncMode.INCREMENTAL));
    }

    @Override
    public Traits traits(StreamId stream) {
        return new Traits(
                options.ids().areThere() ? Traits.Replay.BY_ID : Traits.Replay.REDELIVERY,
                Traits.Readers.SHARED,
                Traits.Publish.EACH_COMMIT,
                Traits.Shape.RECORDS);
    }

    @Override
    public String fingerprint(StreamId stream) {
        return options.fingerprint();
    }

    @Override
    public Planner plan(ReadRequest request) {
        return new QueuePlanner(options, request, notes);
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new QueueReader(options, notes);
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return new MessageDecoder(options);
    }

    @Override
    public Optional<Decoder> rejectDecoder(StreamId stream, DecodeContext context) {
        return Optional.of(new KeptDecoder(new MessageDecoder(options)));
    }

    @Override
    public void close() {}
}
