package dev.wisent.engine;

/// Which half of a run through a queue a process does. The halves find each other by the destination's progress and the queue,
/// on one machine or on many; a lease is only taken by who extracts.
///
/// @param loader which of several loaders this is, from 0
/// @param loaders how many there are: each loads a part of the lanes, and stands by at the others
public record RunPart(Half half, int loader, int loaders) {
    /// Both, in this process.
    public static final RunPart WHOLE = new RunPart(Half.WHOLE, 0, 1);
    /// Reads the source into the queue, and ends when the destination shows that everything is loaded.
    public static final RunPart EXTRACT = new RunPart(Half.EXTRACT, 0, 1);

    /// Who does what.
    public enum Half {
        WHOLE,
        EXTRACT,
        /// Loads what comes, and ends when an extraction is loaded to its end marker.
        LOAD,
        /// Loads what comes, one extraction after the other, until it is stopped.
        KEEP_LOADING
    }

    public RunPart {
        if (loader < 0 || loader >= loaders) {
            throw new IllegalArgumentException("loader " + loader + " of " + loaders);
        }
    }

    /// Both halves, or none of both.
    public boolean isWhole() {
        return half == Half.WHOLE;
    }

    /// Whether it goes on until it is stopped.
    public boolean keepsLoading() {
        return half == Half.KEEP_LOADING;
    }

    boolean extracts() {
        return half == Half.WHOLE || half == Half.EXTRACT;
    }

    boolean loads() {
        return half != Half.EXTRACT;
    }

    /// How many loaders have `lane` before this one: 0, it is its own.
    int distanceTo(int lane) {
        return Math.floorMod(loader - lane, loaders);
    }
}
