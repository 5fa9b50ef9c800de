package dev.wisent.api.storage;

import java.util.Optional;

/// What to list.
///
/// @param prefix the beginning of the paths, any text: `2026/11/` or `part-`. Empty: all
/// @param after only paths greater than this one, by UTF-8 bytes. Empty: all
/// @param token where a store wants to go on, from the page before
/// @param limit the most objects a page may have; stores have limits of their own as well
public record ListRequest(String prefix, String after, Optional<String> token, int limit) {
    /// As many as the store gives at once.
    private static final int ANY = Integer.MAX_VALUE;

    public ListRequest {
        if (limit < 1) {
            throw new IllegalArgumentException("a page of " + limit);
        }
    }

    public static ListRequest of(String prefix) {
        return new ListRequest(prefix, "", Optional.empty(), ANY);
    }

    public ListRequest startingAfter(String path) {
        return new ListRequest(prefix, path, token, limit);
    }

    public ListRequest from(String nextToken) {
        return new ListRequest(prefix, after, Optional.of(nextToken), limit);
    }

    public ListRequest limitedTo(int objects) {
        return new ListRequest(prefix, after, token, objects);
    }
}
