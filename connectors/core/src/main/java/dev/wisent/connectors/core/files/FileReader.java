package dev.wisent.connectors.core.files;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.SplitId;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.source.BlockPool;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.core.internal.Pause;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads files as they lie on disk, block by block. A file that is not what was planned, before or after, is unusable:
/// nobody knows which rows it has.
final class FileReader implements SplitReader {
    private static final int BLOCK = 256 << 10;
    /// As much as the engine lets a worker read ahead (32 MB).
    private static final int BLOCKS_KEPT = 128;

    private final Map<SplitId, Reading> files = new LinkedHashMap<>();
    private final Set<SplitId> paused = new HashSet<>();
    private final Pause pause = new Pause();
    private final BlockPool blocks = new BlockPool(BLOCK, BLOCKS_KEPT);

    private static final class Reading {
        final InputFile file;
        final long from;
        Optional<FileChannel> channel = Optional.empty();

        Reading(InputFile file, long from) {
            this.file = file;
            this.from = from;
        }

        void close() throws IOException {
            if (channel.isPresent()) {
                channel.get().close();
            }
        }
    }

    @Override
    public void add(Split split, Position after) {
        InputFile file =
                Horizon.isMark(split.id()) ? new InputFile("", java.nio.file.Path.of(""), 0, 0) : InputFile.of(split);
        files.put(split.id(), new Reading(file, Resume.of(after).byteOffset()));
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
        Optional.ofNullable(files.remove(split)).ifPresent(FileReader::close);
    }

    @Override
    public Fetched poll(Duration wait) {
        Iterator<Map.Entry<SplitId, Reading>> all = files.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<SplitId, Reading> entry = all.next();
            if (paused.contains(entry.getKey())) {
                continue;
            }
            if (Horizon.isMark(entry.getKey())) {
                all.remove();
                return new Fetched.Ended(entry.getKey(), Optional.of(Position.START));
            }
            Fetched fetched = read(entry.getKey(), entry.getValue());
            if (fetched instanceof Fetched.Ended) {
                all.remove();
            }
            return fetched;
        }
        pause.take(wait);
        return new Fetched.Idle();
    }

    private Fetched read(SplitId split, Reading reading) {
        try {
            if (reading.channel.isEmpty()) {
                refuseChanged(reading.file);
                reading.channel = Optional.of(FileChannel.open(reading.file.path(), StandardOpenOption.READ)
                        .position(reading.from));
            }
            byte[] block = blocks.take();
            int length = fill(reading.channel.get(), block);
            if (length > 0) {
                return new Fetched.Chunk(split, blocks.lend(block, length), Pause.nowMicros(), Optional.empty());
            }
            refuseChanged(reading.file);
            reading.close();
            return new Fetched.Ended(split, Optional.empty());
        } catch (NoSuchFileException e) {
            throw unusable(reading.file, "the file is gone", e);
        } catch (IOException e) {
            throw unusable(reading.file, "the file can't be read: " + e.getMessage(), e);
        }
    }

    private static int fill(FileChannel channel, byte[] block) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(block);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                break;
            }
        }
        return buffer.position();
    }

    private static void refuseChanged(InputFile file) throws IOException {
        if (!file.isSame(Files.readAttributes(file.path(), BasicFileAttributes.class))) {
            throw unusable(
                    file,
                    "the file has changed since it was listed",
                    new IOException("size or modification time differ"));
        }
    }

    private static SplitFailure unusable(InputFile file, String why, IOException cause) {
        return new SplitFailure(Reject.Stage.DOWNLOAD, why, file.path().toString(), cause);
    }

    private static void close(Reading reading) {
        try {
            reading.close();
        } catch (IOException e) {
            throw unusable(reading.file, "the file can't be closed: " + e.getMessage(), e);
        }
    }

    @Override
    public void committed(SplitId split, Position upTo) {}

    @Override
    public void wakeUp() {
        pause.end();
    }

    @Override
    public void close() {
        files.values().forEach(FileReader::close);
        files.clear();
    }
}
