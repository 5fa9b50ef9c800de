package dev.wisent.api;

/// How far a split was read, and whether reading may resume there. A cut is made only where every split stands safe.
public record Stand(Position position, Safety safety) {
    public enum Safety {
        /// Reading may start again here.
        SAFE,
        /// The same, and what lies before it should be committed at once, however long the commit interval is: the source gives
        /// little or nothing more until that is acknowledged.
        DUE,
        /// In the middle of something that can only be read as a whole. Such a stretch never waits for its source.
        NOT_HERE
    }

    public static Stand safe(Position position) {
        return new Stand(position, Safety.SAFE);
    }

    public static Stand due(Position position) {
        return new Stand(position, Safety.DUE);
    }

    public static Stand notHere(Position position) {
        return new Stand(position, Safety.NOT_HERE);
    }

    public boolean isSafe() {
        return safety != Safety.NOT_HERE;
    }

    public boolean isDue() {
        return safety == Safety.DUE;
    }
}
