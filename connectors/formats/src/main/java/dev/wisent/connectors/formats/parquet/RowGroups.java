package dev.wisent.connectors.formats.parquet;

import dev.wisent.api.format.FileBytes;
import dev.wisent.api.format.Pieces;
import dev.wisent.api.format.Projection;
import dev.wisent.api.source.Payload;
import dev.wisent.connectors.formats.Damage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;

/// Fetches the footer, then the wanted columns of one row group after the other, as they are stored. Groups whose rows are
/// all committed are left out.
final class RowGroups implements Pieces {
    /// What a footer's objects take in memory, compared to its bytes.
    private static final int FOOTER_GROWTH = 8;
    /// A row group must be in memory as a whole, beside what it becomes.
    private static final int HEAP_PARTS = 3;

    private final FileBytes file;
    private final long after;
    private final Projection wanted;
    private Optional<Footer> footer = Optional.empty();
    private int next;
    private long firstRow;

    /// A row group's column chunks.
    ///
    /// @param firstRow how many rows of the file come before it
    record Group(BlockMetaData meta, long firstRow, Map<ColumnPath, byte[]> chunks) {}

    RowGroups(FileBytes file, long after, Projection wanted) {
        this.file = file;
        this.after = after;
        this.wanted = wanted;
    }

    @Override
    public Optional<Payload> next() {
        if (footer.isEmpty()) {
            Footer read = Footer.read(file);
            footer = Optional.of(read);
            return Optional.of(new Payload.Client(read, (long) read.bytes() * FOOTER_GROWTH));
        }
        List<BlockMetaData> groups = footer.get().groups();
        while (next < groups.size() && firstRow + groups.get(next).getRowCount() <= after) {
            firstRow += groups.get(next).getRowCount();
            next++;
        }
        if (next == groups.size()) {
            return Optional.empty();
        }
        Payload payload = fetch(groups.get(next));
        firstRow += groups.get(next).getRowCount();
        next++;
        return Optional.of(payload);
    }

    private Payload fetch(BlockMetaData group) {
        List<ColumnChunkMetaData> chunks = new ArrayList<>(group.getColumns().stream()
                .filter(chunk -> wanted.has(chunk.getPath().toArray()[0]))
                .toList());
        chunks.sort(Comparator.comparingLong(ColumnChunkMetaData::getStartingPos));
        long bytes =
                chunks.stream().mapToLong(ColumnChunkMetaData::getTotalSize).sum();
        long most = Runtime.getRuntime().maxMemory() / HEAP_PARTS;
        if (bytes > most) {
            throw Damage.parse(
                    file.where(),
                    "a row group has %,d MB, and of this heap one may have %,d: more memory (-Xmx) or smaller row groups"
                            .formatted(bytes >> 20, most >> 20));
        }
        Map<ColumnPath, byte[]> read = new HashMap<>();
        for (ColumnChunkMetaData chunk : chunks) {
            read.put(chunk.getPath(), file.read(chunk.getStartingPos(), (int) chunk.getTotalSize()));
        }
        return new Payload.Client(new Group(group, firstRow, read), Math.max(1, bytes));
    }
}
