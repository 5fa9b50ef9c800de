package dev.wisent.connectors.formats;

import dev.wisent.api.Reject;
import dev.wisent.api.error.SplitFailure;
import java.io.IOException;

/// Why a file can't be used.
public final class Damage {
    private Damage() {}

    /// Its bytes are not what the format asks for.
    public static SplitFailure parse(String where, String what, Exception cause) {
        return new SplitFailure(Reject.Stage.PARSE, what, where, cause);
    }

    public static SplitFailure parse(String where, String what) {
        return parse(where, what, new IOException(what));
    }

    /// What was compressed does not come out again.
    public static SplitFailure decompress(String where, String what, Exception cause) {
        return new SplitFailure(Reject.Stage.DECOMPRESS, what, where, cause);
    }

    /// It holds a value, or a type, that no column can hold.
    public static SplitFailure type(String where, String what) {
        return new SplitFailure(Reject.Stage.TYPE, what, where, new IOException(what));
    }
}
