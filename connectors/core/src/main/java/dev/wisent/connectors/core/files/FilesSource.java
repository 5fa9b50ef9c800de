package dev.wisent.connectors.core.files;

import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.source.BlockPool;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The files a pattern names, as one stream. A file is a split, read by one worker from start to end, and committed
/// whole unless told otherwise.
final class FilesSource implements Source {
    private final FilesOptions options;
    private final FileOrigin origin;
    private final BlockPool blocks = FileReader.blocks();
    private final Decoding decoding = new Decoding(Runtime.getRuntime().availableProcessors());

    FilesSource(FilesOptions options, FileOrigin origin) {
        this.options = options;
        this.origin = origin;
    }

    @Override
    public void check() {
        origin.check();
    }

    @Override
    public List<StreamInfo> streams() {
        return List.of(new StreamInfo(
                options.stream(),
                options.schema(),
                List.of(),
                List.of(),
                Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL, SyncMode.STREAM),
                SyncMode.INCREMENTAL));
    }

    @Override
    public Traits traits(StreamId stream) {
        return new Traits(
                Traits.Replay.EXACT, Traits.Readers.ONE_A_SPLIT, Traits.Publish.EACH_COMMIT, Traits.Shape.COLUMNS);
    }

    @Override
    public OptionalInt openSplits(StreamId stream) {
        return options.mostOpen();
    }

    @Override
    public String fingerprint(StreamId stream) {
        return options.fingerprint();
    }

    @Override
    public Planner plan(ReadRequest request) {
        return new FilePlanner(options, origin, request);
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new FileReader(options, origin, blocks);
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        if (Horizon.isMark(split.id())) {
            return new Horizon.NoRows();
        }
        InputFile file = InputFile.of(split);
        return options.format() instanceof InputFormat.Typed typed
                ? new TypedDecoder(options, typed.format().value(), file, context)
                : new FileDecoder(options, file, context, decoding);
    }

    @Override
    public Optional<Decoder> rejectDecoder(StreamId stream, DecodeContext context) {
        return Optional.of(new RejectedRecordDecoder(options, context));
    }

    /// `files_processed`: files read to their end.
    @Override
    public Statistics statistics(Commit commit) {
        List<Advance> advances = commit instanceof Commit.Data data ? data.advances() : List.of();
        return Statistics.of(
                "files_processed",
                advances.stream()
                        .filter(advance -> advance.finished() && InputFile.isFile(advance.split()))
                        .count());
    }

    @Override
    public void close() {
        origin.close();
    }
}
