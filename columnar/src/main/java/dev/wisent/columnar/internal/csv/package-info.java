/// CSV into columns, as in RFC 4180. [dev.wisent.columnar.internal.csv.CsvBoundary] finds where records end,
/// [dev.wisent.columnar.internal.csv.CsvRecords] takes the header, [dev.wisent.columnar.internal.csv.CsvRows] reads cells.
package dev.wisent.columnar.internal.csv;
