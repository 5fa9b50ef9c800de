package dev.wisent.api;

/// The unit that is claimed, numbered and fenced. Lane 0 is the whole stream unless a destination with session
/// fragments asks for more.
public record LaneId(int number) implements Comparable<LaneId> {
    public static final LaneId FIRST = new LaneId(0);

    public LaneId {
        if (number < 0) {
            throw new IllegalArgumentException("lane " + number);
        }
    }

    @Override
    public int compareTo(LaneId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
