package dev.wisent.connectors.core.files;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.source.BlockPool;
import dev.wisent.api.source.Fetched;
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

/// Reads files block by block. A file that is not what was planned, before or after, is unusable: nobody knows which
/// rows it has.
final class FileReader implements SplitReader {
    private static final int BLOCK = 256 << 10;
    /// As much as the engine lets two workers read ahead (16 MB).
    private static final int BLOCKS_KEPT = 64;

    private final FileOrigin origin;
    private final Map<SplitId, FileOrigin.OpenFile> files = new LinkedHashMap<>();
    /// Splits without content.
    private final Deque<SplitId> marks = new ArrayDeque<>();
    private final Set<SplitId> paused = new HashSet<>();
    private final Pause pause = new Pause();
    private final BlockPool blocks;

    FileReader(FileOrigin origin, BlockPool blocks) {
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
            files.put(
                    split.id(),
                    origin.open(InputFile.of(split), Resume.of(after).byteOffset()));
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
        Optional.ofNullable(files.remove(split)).ifPresent(FileOrigin.OpenFile::close);
    }

    @Override
    public Fetched poll(Duration wait) {
        if (!marks.isEmpty()) {
            return new Fetched.Ended(marks.remove(), Optional.of(Position.START));
        }
        for (Map.Entry<SplitId, FileOrigin.OpenFile> file : files.entrySet()) {
            if (!paused.contains(file.getKey())) {
                return read(file.getKey(), file.getValue());
            }
        }
        pause.take(wait);
        return new Fetched.Idle();
    }

    private Fetched read(SplitId split, FileOrigin.OpenFile file) {
        byte[] block = blocks.take();
        int length = file.fill(block);
        if (length > 0) {
            return new Fetched.Chunk(split, blocks.lend(block, length), Pause.nowMicros(), Optional.empty());
        }
        file.end();
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
        files.values().forEach(FileOrigin.OpenFile::close);
        files.clear();
    }
}
