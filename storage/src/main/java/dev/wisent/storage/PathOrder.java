package dev.wisent.storage;

import java.util.Comparator;

/// Paths by their UTF-8 bytes, as stores list them; which is by code points, and not what [String#compareTo] does.
public final class PathOrder implements Comparator<String> {
    public static final PathOrder BYTES = new PathOrder();

    private PathOrder() {}

    @Override
    public int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char one = a.charAt(i);
            char other = b.charAt(i);
            if (one != other) {
                boolean bothHalves = Character.isSurrogate(one) == Character.isSurrogate(other);
                // Half of a pair stands for a code point above all others.
                return bothHalves ? Character.compare(one, other) : Character.isSurrogate(one) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
