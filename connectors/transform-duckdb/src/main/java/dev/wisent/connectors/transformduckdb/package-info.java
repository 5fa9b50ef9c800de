/// The transform `sql`: each row goes through a SELECT by itself, evaluated by DuckDB. Start reading at [SqlStep].
///
/// [Select] is the statement as it was written, read and proved to be row by row ([RowRules], [RowSource], [FunctionRules]).
/// [BoundSelect] is that statement over the columns of one schema: what DuckDB is asked to run, and which columns don't
/// go through it at all, because the statement only names them. [BatchFeed] hands rows to DuckDB, [Results] takes them
/// back; [Inward] and [Outward] say how a type travels.
///
/// DuckDB is called by its functions for C ([DuckCalls]), not through its driver: values are written and read in its own
/// vectors ([Slots], [Cells]). [Memory] is the only class that touches addresses; nothing of it leaves this package.
package dev.wisent.connectors.transformduckdb;
