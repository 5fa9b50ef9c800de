package dev.wisent.connectors.kafka.read;

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
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/// Topics as one stream: each partition is read in windows, from the offset the destination has committed.
final class KafkaSource implements Source {
    private final ReadOptions options;
    private final SharedTopics shared = new SharedTopics();

    KafkaSource(ReadOptions options) {
        this.options = options;
    }

    @Override
    public void check() {
        try (TopicFinder finder = new TopicFinder(options)) {
            finder.ends(finder.topics().values());
        }
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
        return new PartitionPlanner(options, request, shared);
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new PartitionReader(options, shared);
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return new MessageDecoder(options, rows(context));
    }

    @Override
    public Optional<Decoder> rejectDecoder(StreamId stream, DecodeContext context) {
        return MessageDecoder.ofRejects(options, rows(context));
    }

    private MessageRows rows(DecodeContext context) {
        return switch (options.readAs()) {
            case MESSAGE, VALUE -> new RecordRows(options);
            case COLUMNS ->
                new ColumnRows(
                        options,
                        context.schema()
                                .orElseGet(
                                        () -> new StreamSchema(options.columns().with(Schema.of()))));
        };
    }

    @Override
    public void close() {}
}
