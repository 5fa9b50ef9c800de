package dev.wisent.cli.internal;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
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
import dev.wisent.cli.internal.config.Connectors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A source `letters` with the streams `capital` and `small`, and a destination `shelf`: they read configuration, and can be
/// told to fail.
public final class FakeConnectors {
    private FakeConnectors() {}

    public static Connectors all() {
        return with(new Shelf());
    }

    public static Connectors with(Shelf shelf) {
        return Connectors.holding(List.of(new LettersFactory()), List.of(new ShelfFactory(shelf)));
    }

    /// With a shelf that merges what lies on it.
    public static Connectors merging() {
        return with(new Shelf().merges());
    }

    private static StreamInfo stream(String name, SyncMode... modes) {
        return new StreamInfo(
                new StreamId(name), Optional.empty(), List.of("id"), List.of("seen_at"), Set.of(modes), modes[0]);
    }

    private static final List<StreamInfo> STREAMS = List.of(
            stream("capital", SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL)
                    .with(OptionalLong.of(1_234_567), StreamInfo.Rights.SOME),
            stream("small", SyncMode.FULL_REFRESH));

    private static final class LettersFactory implements SourceFactory {
        @Override
        public String name() {
            return "letters";
        }

        @Override
        public String summary() {
            return "letters of an alphabet";
        }

        @Override
        public List<StreamInfo> knownStreams() {
            return STREAMS;
        }

        private static final Key<Long> COUNT =
                Key.whole("count", 1, 26).about("how many letters there are").standard(26L);
        private static final Key<Optional<String>> FAIL_WITH =
                Key.text("fail_with").about("what check says").optional();
        private static final Key<String> TOKEN =
                Key.text("token").about("who you are").secret().required();
        private static final Key<Optional<ConfigSection>> AUTHENTICATION = Key.nested(
                        "authentication", ConfigShape.of(TOKEN))
                .about("credentials")
                .optional();

        @Override
        public ConfigShape keys() {
            return ConfigShape.of(COUNT, FAIL_WITH, AUTHENTICATION);
        }

        @Override
        public Source create(ConfigSection config, SourceSettings settings) {
            config.read(COUNT);
            config.read(AUTHENTICATION).ifPresent(section -> section.read(TOKEN));
            return new Letters(config.read(FAIL_WITH));
        }
    }

    private static final class ShelfFactory implements DestinationFactory {
        private final Shelf shelf;

        ShelfFactory(Shelf shelf) {
            this.shelf = shelf;
        }

        @Override
        public String name() {
            return "shelf";
        }

        @Override
        public String summary() {
            return "a shelf to put letters on";
        }

        @Override
        public double commitIntervalSeconds() {
            return 2.5;
        }

        @Override
        public Set<Commit.Mode> modes() {
            return shelf.capabilities().modes();
        }

        private static final Key<String> PATH =
                Key.text("path").about("where the shelf stands").required();

        @Override
        public ConfigShape keys() {
            return ConfigShape.of(PATH);
        }

        @Override
        public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
            config.read(PATH);
            return new DestinationHandle.Transactional(shelf);
        }
    }

    private record Letters(Optional<String> failing) implements Source {
        @Override
        public void check() {
            failing.ifPresent(message -> {
                throw new IllegalStateException(message);
            });
        }

        @Override
        public List<StreamInfo> streams() {
            return STREAMS;
        }

        @Override
        public Traits traits(StreamId stream) {
            return new Traits(
                    Traits.Replay.EXACT, Traits.Readers.SHARED, Traits.Publish.EACH_COMMIT, Traits.Shape.COLUMNS);
        }

        @Override
        public String fingerprint(StreamId stream) {
            return "";
        }

        @Override
        public Planner plan(ReadRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SplitReader reader(ReaderContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Decoder decoder(Split split, DecodeContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    /// What the test wants the destination to show.
    public static final class Shelf implements Destination {
        private Set<Commit.Mode> modes = Set.of(Commit.Mode.APPEND);
        private ProgressView progress = ProgressView.EMPTY;
        private Optional<RuntimeException> checkFails = Optional.empty();

        public Shelf shows(ProgressView view) {
            progress = view;
            return this;
        }

        public Shelf merges() {
            modes = Set.of(Commit.Mode.APPEND, Commit.Mode.MERGE);
            return this;
        }

        public Shelf failsCheckWith(RuntimeException failure) {
            checkFails = Optional.of(failure);
            return this;
        }

        @Override
        public void check() {
            checkFails.ifPresent(failure -> {
                throw failure;
            });
        }

        @Override
        public Capabilities capabilities() {
            return new Capabilities(
                    Capabilities.Guarantee.EXACTLY_ONCE,
                    Fragment.Kind.DURABLE,
                    1,
                    Capabilities.Processes.MANY,
                    modes,
                    Capabilities.Widenings.ANY);
        }

        @Override
        public ProgressView progress(StreamId stream) {
            return progress;
        }

        @Override
        public LaneWriter open(WriteRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CommitOutcome commit(Commit commit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sweep(Commit.Claim held) {}

        @Override
        public String location(StreamId stream) {
            return "shelf 7";
        }

        @Override
        public void close() {}
    }
}
