package dev.wisent.api.commit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The ids of a lane's commits by number, kept for ever and therefore small: a run numbers its commits, so those that
/// follow each other take one entry. One thread.
final class CommitIds {
    /// More digits might not fit a long.
    private static final int MAX_DIGITS = 18;

    private final TreeMap<Long, Stretch> stretches = new TreeMap<>();

    /// `count` ids from commit `first` on: `prefix` and a number that grows by one; or, without a number, one id.
    private static final class Stretch {
        final long first;
        final String prefix;
        final long number;
        long count = 1;

        Stretch(long first, CommitId id) {
            String text = id.value();
            int at = text.length();
            while (at > 0 && isDigit(text.charAt(at - 1)) && text.length() - at < MAX_DIGITS) {
                at--;
            }
            // A number with zeros before it would not come back as it was
            while (at < text.length() - 1 && text.charAt(at) == '0') {
                at++;
            }
            this.first = first;
            this.number = at == text.length() ? -1 : Long.parseLong(text.substring(at));
            this.prefix = text.substring(0, at);
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        CommitId id(long n) {
            return new CommitId(number < 0 ? prefix : prefix + (number + (n - first)));
        }

        boolean goesOnWith(long n, CommitId id) {
            return number >= 0 && n == first + count && id(n).equals(id);
        }

        long last() {
            return first + count - 1;
        }
    }

    /// Numbers come in rising order, or one that is there comes again as it was.
    void put(long n, CommitId id) {
        Map.Entry<Long, Stretch> end = stretches.lastEntry();
        if (end != null && n <= end.getValue().last()) {
            if (!find(n).equals(Optional.of(id))) {
                throw new IllegalArgumentException(
                        "commit " + n + " comes after commit " + end.getValue().last());
            }
        } else if (end != null && end.getValue().goesOnWith(n, id)) {
            end.getValue().count++;
        } else {
            stretches.put(n, new Stretch(n, id));
        }
    }

    Optional<CommitId> find(long n) {
        return Optional.ofNullable(stretches.floorEntry(n))
                .map(Map.Entry::getValue)
                .filter(stretch -> n <= stretch.last())
                .map(stretch -> stretch.id(n));
    }

    /// The highest number; 0: there is none.
    long last() {
        Map.Entry<Long, Stretch> end = stretches.lastEntry();
        return end == null ? 0 : end.getValue().last();
    }

    void forEach(BiConsumer<Long, CommitId> each) {
        for (Stretch stretch : stretches.values()) {
            for (long n = stretch.first; n <= stretch.last(); n++) {
                each.accept(n, stretch.id(n));
            }
        }
    }
}
