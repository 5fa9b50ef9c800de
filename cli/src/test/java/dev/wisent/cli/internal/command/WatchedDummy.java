package dev.wisent.cli.internal.command;

import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.connectors.core.dummy.DummyFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// The pages of `dummy` under the name `watched`, each of which a test sees, and may route, before it goes on.
///
/// @param page given the rows of a page and its number, from 1, on the thread that decodes them
/// @param asked how often a source was asked for its streams
record WatchedDummy(BiConsumer<RecordBatch, Long> page, AtomicInteger asked) implements SourceFactory {
    private static final DummyFactory DUMMY = new DummyFactory();

    WatchedDummy(BiConsumer<RecordBatch, Long> page) {
        this(page, new AtomicInteger());
    }

    @Override
    public String name() {
        return "watched";
    }

    @Override
    public String summary() {
        return "a source of a test";
    }

    @Override
    public List<StreamInfo> knownStreams() {
        return DUMMY.knownStreams();
    }

    @Override
    public ConfigShape keys() {
        return DUMMY.keys();
    }

    @Override
    public Routing routing() {
        return Routing.BY_RECORD;
    }

    @Override
    public Source create(ConfigSection config, SourceSettings settings) {
        return new Pages(DUMMY.create(config, settings), page, asked);
    }

    private record Pages(Source pages, BiConsumer<RecordBatch, Long> page, AtomicInteger asked) implements Source {
        @Override
        public void check() {
            pages.check();
        }

        @Override
        public List<StreamInfo> streams() {
            asked.incrementAndGet();
            return pages.streams();
        }

        @Override
        public Traits traits(StreamId stream) {
            return pages.traits(stream);
        }

        @Override
        public String fingerprint(StreamId stream) {
            return pages.fingerprint(stream);
        }

        @Override
        public Planner plan(ReadRequest request) {
            return pages.plan(request);
        }

        @Override
        public SplitReader reader(ReaderContext context) {
            return pages.reader(context);
        }

        @Override
        public Decoder decoder(Split split, DecodeContext context) {
            return new Watching(pages.decoder(split, context), page);
        }

        @Override
        public void close() {
            pages.close();
        }
    }

    private record Watching(Decoder pages, BiConsumer<RecordBatch, Long> page) implements Decoder {
        @Override
        public void decode(Fetched.Chunk chunk, BatchSink out) {
            pages.decode(chunk, new BatchSink() {
                @Override
                public void rows(RecordBatch batch, Stand upTo) {
                    page.accept(batch, upTo.position().ordinal());
                    out.rows(batch, upTo);
                }

                @Override
                public void reject(Reject reject) {
                    out.reject(reject);
                }

                @Override
                public void discarded(long values) {
                    out.discarded(values);
                }
            });
        }

        @Override
        public void end(BatchSink out) {
            pages.end(out);
        }

        @Override
        public void close() {
            pages.close();
        }
    }
}
