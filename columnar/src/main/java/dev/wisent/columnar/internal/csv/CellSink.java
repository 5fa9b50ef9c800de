package dev.wisent.columnar.internal.csv;

/// What a [CellScanner] calls for each cell of a record.
public interface CellSink {
    /// The text of cell `index`, unescaped; valid during the call. The byte behind it can be read and goes on no number.
    void cell(int index, byte[] text, int from, int length, Quoting quoting);

    enum Quoting {
        QUOTED,
        PLAIN
    }
}
