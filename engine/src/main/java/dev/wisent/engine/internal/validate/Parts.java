package dev.wisent.engine.internal.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The parts of a value, each behind its own length, so that no two values look alike. Members of an object have no order.
final class Parts {
    private static final String NOTHING = "-";

    private final TreeSet<String> members = new TreeSet<>();
    private final List<String> elements = new ArrayList<>();

    void member(String name, String value) {
        members.add(part(name) + part(value));
    }

    /// One that is null.
    void member(String name) {
        members.add(part(name) + NOTHING);
    }

    void element(String value) {
        elements.add(part(value));
    }

    /// An element that is null.
    void nothing() {
        elements.add(NOTHING);
    }

    private static String part(String text) {
        return text.length() + ":" + text;
    }

    String object() {
        return "{" + String.join("", members) + "}";
    }

    String list() {
        return "[" + String.join("", elements) + "]";
    }
}
