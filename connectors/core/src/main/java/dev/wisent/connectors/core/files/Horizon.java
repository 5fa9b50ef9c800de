package dev.wisent.connectors.core.files;

import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// How `late_horizon` keeps progress small without ever reading a file twice or missing one silently.
///
/// A mark is an empty split named after a time; it is planned when every listed file older than that is read. Once it
/// is committed, and not before, finished files below it that are gone from the folder are forgotten, and a file that
/// appears below it is late.
final class Horizon {
    private static final String MARK = "horizon-";

    private final GenerationView progress;
    private final Optional<Duration> late;
    private final long mark;

    Horizon(GenerationView progress, Optional<Duration> late) {
        this.progress = progress;
        this.late = late;
        this.mark = late.isEmpty()
                ? 0
                : progress.splits().entrySet().stream()
                        .filter(entry ->
                                isMark(entry.getKey()) && entry.getValue().finished())
                        .mapToLong(entry -> seconds(entry.getKey()))
                        .max()
                        .orElse(0);
    }

    static boolean isMark(SplitId id) {
        return id.value().startsWith(MARK);
    }

    private static long seconds(SplitId mark) {
        return Long.parseLong(mark.value().substring(MARK.length()));
    }

    /// Whether a file that no progress knows came too late.
    boolean isLate(InputFile file) {
        return file.seconds() < mark;
    }

    /// Finished splits that will never be named again.
    ///
    /// @param isListed whether a file's split was named by the listing
    List<SplitId> forgotten(Predicate<SplitId> isListed) {
        List<SplitId> forgotten = new ArrayList<>();
        for (Map.Entry<SplitId, SplitView> entry : progress.splits().entrySet()) {
            SplitId id = entry.getKey();
            boolean old = isMark(id)
                    ? seconds(id) < mark
                    : InputFile.isFile(id) && InputFile.seconds(id) < mark && !isListed.test(id);
            if (old && entry.getValue().finished()) {
                forgotten.add(id);
            }
        }
        return forgotten;
    }

    /// The next mark: the horizon before the newest file that was read, but not above the oldest one that was not.
    Optional<Split> next(List<InputFile> unread) {
        if (late.isEmpty()) {
            return Optional.empty();
        }
        long newest = progress.splits().entrySet().stream()
                .filter(entry ->
                        InputFile.isFile(entry.getKey()) && entry.getValue().finished())
                .mapToLong(entry -> InputFile.seconds(entry.getKey()))
                .max()
                .orElse(0);
        long oldest = unread.stream().mapToLong(InputFile::seconds).min().orElse(Long.MAX_VALUE);
        long seconds = Math.min(newest - late.get().toSeconds(), oldest);
        if (seconds <= mark) {
            return Optional.empty();
        }
        String name = MARK + seconds;
        return Optional.of(new Split(new SplitId(name), name, "", OptionalLong.of(0)));
    }

    /// A mark has nothing to decode.
    static final class NoRows implements Decoder {
        @Override
        public void decode(Fetched.Chunk chunk, BatchSink out) {
            throw new IllegalArgumentException("a mark has no chunks");
        }

        @Override
        public void end(BatchSink out) {}

        @Override
        public void close() {}
    }
}
