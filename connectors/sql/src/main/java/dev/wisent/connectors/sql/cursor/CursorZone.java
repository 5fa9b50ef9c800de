package dev.wisent.connectors.sql.cursor;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The zone of cursors whose type has none.
public final class CursorZone {
    private CursorZone() {}

    /// `UTC` or an offset.
    ///
    /// @throws IllegalArgumentException for anything else, with the reason as its message
    public static ZoneOffset parse(String text) {
        try {
            ZoneId zone = ZoneId.of(text).normalized();
            if (zone instanceof ZoneOffset fixed) {
                return fixed;
            }
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(unknown.getMessage());
        }
        throw new IllegalArgumentException(
                "clocks of a zone with summer time go back once a year, and rows would be lost");
    }
}
