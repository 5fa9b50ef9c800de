/// JSON bytes into columns, strictly as RFC 8259 has it and without an object per value.
/// [dev.wisent.columnar.internal.json.JsonCursor] walks the bytes, a
/// [dev.wisent.columnar.internal.json.ValueReader] per field puts values into columns,
/// [dev.wisent.columnar.internal.json.DocumentSplitter] finds the records in a document of any size.
package dev.wisent.columnar.internal.json;
