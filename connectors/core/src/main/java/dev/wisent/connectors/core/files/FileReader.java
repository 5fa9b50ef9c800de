package dev.wisent.connectors.core.files;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.source.BlockPool;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.core.internal.Pause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads files block by block, or in the pieces their format has. A file that is not what was planned, before or after, is
/// unusable: nobody knows which
/// rows it has.
final class FileReader implements SplitReader {
    private static final int BLOCK = 256 << 10;
    /// As much as the engine lets two workers read ahead (16 MB).
    private static final int BLOCKS_KEPT = 64;

    private final FilesOptions options;
    private final FileOrigin origin;
    private final Map<SplitId, Fetching> files = new LinkedHashMap<>();
    /// Splits without content.
    private final Deque<SplitId> marks = new ArrayDeque<>();
    private final Set<SplitId> paused = new HashSet<>();
    private final Pause pause = new Pause();
    private final BlockPool blocks;

    FileReader(FilesOptions options, FileOrigin origin, BlockPool blocks) {
        this.options = options;
        this.origin = origin;
        this.blocks = blocks;
    }

    /// Blocks for all readers of a source: a file's reader leaves them to those of the next files.
    static BlockPool blocks() {
        return new BlockPool(BLOCK, BLOCKS_KEPT);
    }

    @Override
    public void add(Split split, Position after) {
        if (Horizon.isMark(split.id())) {
            marks.add(split.id());
        } else {
            files.put(split.id(), fetching(InputFile.of(split), after));
        }
    }

    @Override
    public void pause(SplitId split) {
        paused.add(split);
    }

    @Override
    public void resume(SplitId split) {
        paused.remove(split);
    }

    @Override
    public void remove(SplitId split) {
        paused.remove(split);
        marks.remove(split);
        Optional.ofNullable(files.remove(split)).ifPresent(Fetching::close);
    }

    @Override
    public Fetched poll(Duration wait) {
        if (!marks.isEmpty()) {
            return new Fetched.Ended(marks.remove(), Optional.of(Position.START));
        }
        for (Map.Entry<SplitId, Fetching> file : files.entrySet()) {
            if (!paused.contains(file.getKey())) {
                return read(file.getKey(), file.getValue());
            }
        }
        pause.take(wait);
        return new Fetched.Idle();
    }

    private Fetching fetching(InputFile file, Position after) {
        return options.format() instanceof InputFormat.Typed typed
                ? Fetching.pieces(typed.format().value(), new ListedBytes(origin, file), after, options.projection())
                : new Fetching.Blocks(origin.open(file, Resume.of(after).byteOffset()), blocks);
    }

    private Fetched read(SplitId split, Fetching file) {
        Optional<Payload> next = file.next();
        if (next.isPresent()) {
            return new Fetched.Chunk(split, next.get(), Pause.nowMicros(), Optional.empty());
        }
        file.close();
        files.remove(split);
        return new Fetched.Ended(split, Optional.empty());
    }

    @Override
    public void committed(SplitId split, Position upTo) {}

    @Override
    public void wakeUp() {
        pause.end();
    }

    @Override
    public void close() {
        files.values().forEach(Fetching::close);
        files.clear();
    }
}
