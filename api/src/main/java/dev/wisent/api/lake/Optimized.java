package dev.wisent.api.lake;

/// What an optimization did.
///
/// @param conflicts groups of files that were left as they are, for another writer removed one of them meanwhile
public record Optimized(
        long filesBefore,
        long filesAfter,
        long bytesBefore,
        long bytesAfter,
        long rows,
        long versions,
        long conflicts) {
    public static final Optimized NOTHING = new Optimized(0, 0, 0, 0, 0, 0, 0);

    public Optimized plus(Optimized other) {
        return new Optimized(
                filesBefore + other.filesBefore,
                filesAfter + other.filesAfter,
                bytesBefore + other.bytesBefore,
                bytesAfter + other.bytesAfter,
                rows + other.rows,
                versions + other.versions,
                conflicts + other.conflicts);
    }
}
