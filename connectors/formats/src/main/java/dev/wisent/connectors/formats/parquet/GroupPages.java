package dev.wisent.connectors.formats.parquet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.MessageType;

/// The pages of a row group, unpacked one by one.
final class GroupPages implements PageReadStore {
    private final long rows;
    private final Map<ColumnPath, ChunkPages> columns = new HashMap<>();

    /// @param message the columns that are read
    GroupPages(RowGroups.Group group, MessageType message) {
        this.rows = group.meta().getRowCount();
        for (ColumnChunkMetaData chunk : group.meta().getColumns()) {
            byte[] bytes = group.chunks().get(chunk.getPath());
            if (bytes != null && message.containsPath(chunk.getPath().toArray())) {
                columns.put(chunk.getPath(), new ChunkPages(chunk, bytes));
            }
        }
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        ChunkPages pages = columns.get(ColumnPath.get(column.getPath()));
        if (pages == null) {
            throw new BadPage(BadPage.Kind.FORM, "a row group lacks column " + Arrays.toString(column.getPath()));
        }
        return pages;
    }

    @Override
    public long getRowCount() {
        return rows;
    }
}
