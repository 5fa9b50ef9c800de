package dev.wisent.connectors.core.files;

import dev.wisent.api.Position;
import dev.wisent.columnar.Place;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where reading goes on inside a file: the token is `{"byte":…,"line":…}` where the bytes before can be left out, and
/// empty where they must be read and their records skipped.
///
/// @param byteOffset the first byte that is needed
record Resume(long ordinal, long byteOffset, long line) {
    private static final Pattern TOKEN = Pattern.compile("\\{\"byte\":(\\d{1,18}),\"line\":(\\d{1,18})}");

    static Resume of(Position position) {
        Matcher token = TOKEN.matcher(position.token());
        return token.matches()
                ? new Resume(position.ordinal(), Long.parseLong(token.group(1)), Long.parseLong(token.group(2)))
                : new Resume(position.ordinal(), 0, 1);
    }

    /// Whether reading begins in the middle of the file.
    boolean entersInside() {
        return byteOffset > 0;
    }

    Place place() {
        return new Place(ordinal, line, byteOffset);
    }

    static Position inside(Place place) {
        return new Position(place.ordinal(), "{\"byte\":" + place.byteOffset() + ",\"line\":" + place.line() + "}");
    }
}
