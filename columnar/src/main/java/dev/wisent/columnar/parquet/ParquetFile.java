package dev.wisent.columnar.parquet;

import java.util.List;

/// What was written, told when a file is finished.
///
/// @param bytes the file's length
/// @param columns its leaf columns, in the order of the file
public record ParquetFile(long rows, long bytes, int rowGroups, List<ColumnSummary> columns) {
    public ParquetFile {
        columns = List.copyOf(columns);
    }
}
