package dev.wisent.cli.internal.command;

import dev.wisent.cli.internal.console.Amounts;
import java.util.OptionalLong;

/// Rejects for people.
final class RejectText {
    private static final int RAW_SHOWN = 120;

    private RejectText() {}

    static String place(String where, OptionalLong line, OptionalLong byteOffset) {
        return where
                + (line.isPresent() ? ", line " + Amounts.count(line.getAsLong()) : "")
                + (byteOffset.isPresent() ? ", byte " + Amounts.count(byteOffset.getAsLong()) : "");
    }

    /// The first characters of a record; what is not printable becomes a dot.
    static String printable(String text) {
        String whole = text.stripTrailing();
        String cut = whole.length() > RAW_SHOWN ? whole.substring(0, RAW_SHOWN) + "…" : whole;
        return cut.replaceAll("\\p{Cntrl}", ".");
    }
}
