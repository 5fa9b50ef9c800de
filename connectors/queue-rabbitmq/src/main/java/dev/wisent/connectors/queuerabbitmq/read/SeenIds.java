package dev.wisent.connectors.queuerabbitmq.read;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/// The ids of the last messages: what a position's token holds. One thread.
final class SeenIds {
    /// Of a format that is not this one a token is refused.
    private static final String VERSION = "1:";

    private final int most;
    private final Set<String> ids = new LinkedHashSet<>();

    private SeenIds(int most) {
        this.most = most;
    }

    /// @throws IllegalArgumentException when `token` is no token, or a newer one
    static SeenIds of(String token, int most) {
        SeenIds seen = new SeenIds(most);
        if (token.isEmpty()) {
            return seen;
        }
        if (!token.startsWith(VERSION) || (token.length() - VERSION.length()) % MessageIds.LENGTH != 0) {
            throw new IllegalArgumentException("no ids of messages, or those of a newer version");
        }
        for (int at = VERSION.length(); at < token.length(); at += MessageIds.LENGTH) {
            seen.add(token.substring(at, at + MessageIds.LENGTH));
        }
        return seen;
    }

    boolean has(String id) {
        return ids.contains(id);
    }

    /// Forgets the oldest when there are too many.
    void add(String id) {
        ids.add(id);
        if (ids.size() > most) {
            Iterator<String> oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /// Empty: there are none.
    String token() {
        if (ids.isEmpty()) {
            return "";
        }
        StringBuilder token = new StringBuilder(VERSION.length() + ids.size() * MessageIds.LENGTH).append(VERSION);
        ids.forEach(token::append);
        return token.toString();
    }
}
