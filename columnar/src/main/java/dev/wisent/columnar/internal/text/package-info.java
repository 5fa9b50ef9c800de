/// Values to text: how each type is written in JSON and CSV. Start reading at
/// [dev.wisent.columnar.internal.text.ValueWriter].
package dev.wisent.columnar.internal.text;
