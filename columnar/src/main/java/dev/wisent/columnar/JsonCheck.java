package dev.wisent.columnar;

import dev.wisent.columnar.internal.DecodeFailure;
import dev.wisent.columnar.internal.Swar;
import dev.wisent.columnar.internal.json.JsonCursor;
import java.util.Optional;

/// Says whether bytes are one JSON value, of any kind, as RFC 8259 has it: for values that are taken along as they came. One
/// thread, reused.
public final class JsonCheck {
    /// How many bytes behind a value are overwritten while it is checked.
    public static final int PADDING = Swar.PADDING;

    private final JsonCursor cursor = new JsonCursor(DecoderOptions.DEFAULT_MAX_DEPTH);

    /// What is wrong with the value in `[from, from + length)`; empty: nothing.
    ///
    /// @param json has [#PADDING] bytes behind the value, which are overwritten
    public Optional<String> problem(byte[] json, int from, int length) {
        json[from + length] = '\n';
        try {
            cursor.check(json, from, from + length);
            return Optional.empty();
        } catch (DecodeFailure failure) {
            return Optional.of(failure.message());
        }
    }
}
