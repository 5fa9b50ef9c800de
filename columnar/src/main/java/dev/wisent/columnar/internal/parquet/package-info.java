/// The way of a batch into Parquet's bytes. Once per schema: [SchemaTree] makes the schema's elements and a tree of
/// [Node]s with one [ColumnWriter] at each leaf. Per batch, a stretch of rows at a time: nodes turn nesting into
/// definition and repetition levels ([Slots]), leaves append levels and values ([Values]) to their page. A full page is
/// encoded and compressed into its column's chunk; a full row group's chunks go out one after the other; [Footer] ends
/// the file.
///
/// Loops run over primitive arrays; nothing is allocated per value. All of it is confined to one thread.
package dev.wisent.columnar.internal.parquet;
