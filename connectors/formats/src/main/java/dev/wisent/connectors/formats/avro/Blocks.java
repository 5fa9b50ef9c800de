package dev.wisent.connectors.formats.avro;

import dev.wisent.api.Position;
import dev.wisent.api.format.FileBytes;
import dev.wisent.api.format.Pieces;
import dev.wisent.api.source.Payload;
import dev.wisent.connectors.formats.Damage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fetches the header, then blocks, several in one piece if they are small. Reading resumes at the block a position names.
final class Blocks implements Pieces {
    /// What header and schema take in memory, compared to their bytes.
    private static final int HEADER_GROWTH = 8;
    private static final int PIECE = 256 << 10;
    /// Two numbers.
    private static final int MOST_FRAME = 20;
    private static final Pattern TOKEN = Pattern.compile("\\{\"block\":(\\d{1,18}),\"before\":(\\d{1,18})}");

    private final FileBytes file;
    private final Optional<Matcher> resume;
    private Optional<Header> header = Optional.empty();
    private long at;
    private long records;
    /// The file's bytes from `windowStart` on.
    private byte[] window = new byte[0];
    private long windowStart;

    /// A block as it is stored.
    ///
    /// @param start where it lies in the file
    /// @param before how many records come before it
    record Block(long start, long before, long records, byte[] data, int from, int length) {
        /// `ordinal` records are read, the last of them in this block or the one before.
        Position position(long ordinal) {
            return new Position(ordinal, "{\"block\":" + start + ",\"before\":" + before + "}");
        }
    }

    /// Several.
    record Piece(List<Block> blocks) {}

    Blocks(FileBytes file, Position after) {
        this.file = file;
        this.resume = Optional.of(TOKEN.matcher(after.token())).filter(Matcher::matches);
    }

    @Override
    public Optional<Payload> next() {
        if (header.isEmpty()) {
            Header read = Header.read(file);
            at = resume.map(token -> Long.parseLong(token.group(1))).orElse((long) read.length());
            records = resume.map(token -> Long.parseLong(token.group(2))).orElse(0L);
            header = Optional.of(read);
            return Optional.of(new Payload.Client(read, (long) read.length() * HEADER_GROWTH));
        }
        List<Block> blocks = new ArrayList<>();
        long bytes = 0;
        while (at < file.size() && bytes < PIECE) {
            Block block = block(header.get());
            blocks.add(block);
            bytes += block.length();
        }
        return blocks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Payload.Client(new Piece(blocks), Math.max(1, bytes)));
    }

    private Block block(Header head) {
        int start = show(at, MOST_FRAME);
        Varints frame = new Varints(window, start);
        long count;
        long length;
        try {
            count = frame.next();
            length = frame.next();
        } catch (Varints.TooShort | ArithmeticException e) {
            throw Damage.parse(file.where(), "the block at byte " + at + " can't be read: " + e.getMessage(), e);
        }
        int frameLength = frame.at() - start;
        long left = file.size() - at - frameLength - Header.SYNC;
        if (count < 0 || length < 0 || length > left || length > Codec.most()) {
            throw Damage.parse(
                    file.where(),
                    "the block at byte %d says %d records in %d bytes: cut, damaged, or too large for this heap"
                            .formatted(at, count, length));
        }
        int from = show(at + frameLength, (int) length + Header.SYNC);
        byte[] sync = Arrays.copyOfRange(window, from + (int) length, from + (int) length + Header.SYNC);
        if (!Arrays.equals(sync, head.sync())) {
            throw Damage.parse(file.where(), "the block at byte " + at + " does not end as the file's blocks do");
        }
        Block block = new Block(at, records, count, window, from, (int) length);
        at += frameLength + length + Header.SYNC;
        records += count;
        return block;
    }

    /// Has the window hold `length` bytes from `from` on, or what the file has of them; returns where in the window they
    /// begin. Blocks in an older window keep that.
    private int show(long from, int length) {
        long end = Math.min(file.size(), from + length);
        if (from < windowStart || from > windowStart + window.length || window.length == 0) {
            windowStart = from;
            window = new byte[0];
        }
        long windowEnd = windowStart + window.length;
        if (end > windowEnd) {
            int kept = (int) (windowEnd - from);
            byte[] more =
                    file.read(windowEnd, (int) Math.min(file.size() - windowEnd, Math.max(PIECE, end - windowEnd)));
            byte[] next = new byte[kept + more.length];
            System.arraycopy(window, (int) (from - windowStart), next, 0, kept);
            System.arraycopy(more, 0, next, kept, more.length);
            window = next;
            windowStart = from;
        }
        return (int) (from - windowStart);
    }
}
