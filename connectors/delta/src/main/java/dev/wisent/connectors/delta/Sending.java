package dev.wisent.connectors.delta;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Key;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.Upload;
import java.util.List;

/// How data files are sent. What is on its way lies in the engine's ship share, whatever stands here: parts wait for room in
/// it, and one that is larger than all of it goes alone.
///
/// @param filesAtOnce data files that are being sent at the same time
/// @param partsAtOnce parts of one file
/// @param partBytes in what pieces a larger file is sent
/// @param multipartBytes what is smaller is sent in one put
record Sending(int filesAtOnce, int partsAtOnce, int partBytes, int multipartBytes) {
    private static final int MB = 1 << 20;
    /// S3 takes no smaller part but the last.
    private static final int LEAST_PART = 5 * MB;
    /// A part is one array.
    private static final int LARGEST_PART = 1024 * MB;

    /// Two parts fit into the smallest ship share of a heap of 512 MB.
    static final Sending STANDARD = new Sending(4, 8, 8 * MB, 5 * MB);

    private static final Key<Long> FILES = Key.whole("max_concurrent_uploads", 1, 1024)
            .about("data files that are being sent at the same time, at most")
            .standard((long) STANDARD.filesAtOnce());
    private static final Key<Long> PARTS = Key.whole("max_concurrent_parts", 1, 1024)
            .about("parts of one data file that are being sent at the same time, at most")
            .standard((long) STANDARD.partsAtOnce());
    private static final Key<Long> PART_SIZE = Key.megabytes("part_size_mb")
            .about(
                    "in what pieces a larger data file is sent to an object store, 5 to 1024 MB (a local disk gets 1 MB at a "
                            + "time); what is on its way lies in the share of memory for shipping (16 MB at most), a "
                            + "larger part goes alone")
            .standard((long) STANDARD.partBytes());
    private static final Key<Long> MULTIPART = Key.megabytes("min_multipart_size_mb")
            .about("a smaller data file is sent in one put; no more than `part_size_mb`")
            .standard((long) STANDARD.multipartBytes());

    static final List<Key<?>> KEYS = List.of(FILES, PARTS, PART_SIZE, MULTIPART);

    /// The same into `store`, in the parts it takes best; a file may become half as large again as `fileBytes`.
    Sending into(ObjectStore store, long fileBytes) {
        long best = store.partBytes(partBytes);
        boolean tooMany = fileBytes + fileBytes / 2 >= best * Upload.MOST_PARTS;
        return new Sending(filesAtOnce, partsAtOnce, tooMany ? partBytes : (int) best, multipartBytes);
    }

    static Sending read(ConfigSection config, long fileBytes) {
        long part = config.read(PART_SIZE);
        long multipart = config.read(MULTIPART);
        if (part < LEAST_PART || part > LARGEST_PART) {
            config.problem("part_size_mb", "'part_size_mb' must be between 5 and 1024", "8 is the default");
            part = STANDARD.partBytes();
        }
        if (multipart > part) {
            config.problem(
                    "min_multipart_size_mb",
                    "'min_multipart_size_mb' can't be more than 'part_size_mb', " + part / MB,
                    "what is larger than a part is sent in parts");
            multipart = part;
        }
        if (fileBytes / part >= Upload.MOST_PARTS) {
            config.problem(
                    "part_size_mb",
                    "a file of 'file_size_mb' " + fileBytes / MB + " has more parts than the 10,000 a store takes",
                    "make the parts larger, or the files smaller");
        }
        return new Sending(
                Math.toIntExact(config.read(FILES)), Math.toIntExact(config.read(PARTS)), (int) part, (int) multipart);
    }
}
