package dev.wisent.connectors.kafka.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Lag;
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

/// Topics as one stream: each partition is read in windows, from the offset the destination has committed.
final class KafkaSource implements Source {
    private final ReadOptions options;
    private final SharedTopics shared = new SharedTopics();
    private final Decodings decodings;
    private Optional<TopicFinder> finder = Optional.empty();

    KafkaSource(ReadOptions options) {
        this.options = options;
        this.decodings = new Decodings(options);
    }

    private synchronized TopicFinder finder() {
        if (finder.isEmpty()) {
            finder = Optional.of(new TopicFinder(options));
        }
        return finder.get();
    }

    @Override
    public void check() {
        finder().ends(finder().topics().values());
        decodings.check();
    }

    @Override
    public List<StreamInfo> streams() {
        return List.of(new StreamInfo(
                options.stream(),
                Optional.empty(),
                List.of(),
                List.of(),
                EnumSet.allOf(SyncMode.class),
                SyncMode.INCREMENTAL));
    }

    @Override
    public Traits traits(StreamId stream) {
        return new Traits(
                Traits.Replay.EXACT,
                Traits.Readers.SHARED,
                Traits.Publish.EACH_COMMIT,
                options.readAs() == ReadOptions.ReadAs.COLUMNS ? Traits.Shape.COLUMNS : Traits.Shape.RECORDS);
    }

    @Override
    public String fingerprint(StreamId stream) {
        return "kafka " + options.fingerprint();
    }

    @Override
    public Planner plan(ReadRequest request) {
        return new PartitionPlanner(options, request, shared, finder(), decodings);
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new PartitionReader(
                options, shared, new TopicWatch(topics -> finder().described(topics), shared, options));
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return new MessageDecoder(options, decodings.rows(context.schema()));
    }

    @Override
    public Optional<Decoder> rejectDecoder(StreamId stream, DecodeContext context) {
        return MessageDecoder.ofRejects(options, decodings.rows(context.schema()));
    }

    @Override
    public void committed(Commit commit) {
        if (commit instanceof Commit.Data data) {
            data.advances()
                    .forEach(advance -> shared.lags()
                            .committed(advance.split(), advance.to().ordinal()));
        }
    }

    @Override
    public List<Lag> lag(StreamId stream) {
        return shared.lags().all();
    }

    @Override
    public synchronized void close() {
        finder.ifPresent(TopicFinder::close);
        finder = Optional.empty();
        decodings.close();
    }
}
