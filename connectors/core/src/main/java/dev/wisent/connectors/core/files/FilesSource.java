package dev.wisent.connectors.core.files;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The files a pattern names, as one stream. A file is a split, read by one worker from start to end, and committed
/// whole unless told otherwise.
final class FilesSource implements Source {
    private final FilesOptions options;

    FilesSource(FilesOptions options) {
        this.options = options;
    }

    @Override
    public void check() {
        Glob glob = glob(options);
        if (!Files.isDirectory(glob.root())) {
            throw WisentException.of(ErrorCode.SOURCE_CONNECTION, "there is no such folder")
                    .where(glob.root().toString())
                    .hint("path '" + options.path() + "' starts at the folder the command runs in");
        }
        if (!Files.isReadable(glob.root())) {
            throw WisentException.of(ErrorCode.SOURCE_CONNECTION, "the folder may not be read")
                    .where(glob.root().toString());
        }
    }

    /// A name without wildcards may be a folder's: that is known only when it is looked at.
    static Glob glob(FilesOptions options) {
        String path = options.path();
        boolean wild = path.chars().anyMatch(c -> "*?[{\\".indexOf(c) >= 0);
        return Glob.parse(path, !wild && Files.isDirectory(Path.of(path)));
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
    public String fingerprint(StreamId stream) {
        return options.fingerprint();
    }

    @Override
    public Planner plan(ReadRequest request) {
        return new FilePlanner(options, request);
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new FileReader();
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return Horizon.isMark(split.id())
                ? new Horizon.NoRows()
                : new FileDecoder(options, InputFile.of(split), context);
    }

    @Override
    public Optional<Decoder> rejectDecoder(StreamId stream, DecodeContext context) {
        return Optional.of(new RejectedRecordDecoder(options, context));
    }

    @Override
    public void close() {}
}
