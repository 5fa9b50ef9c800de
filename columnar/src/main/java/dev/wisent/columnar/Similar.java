package dev.wisent.columnar;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody meant by a misspelt word.
final class Similar {
    /// More differences than this, and the words only happen to share letters.
    private static final int MAX_DISTANCE = 2;

    private Similar() {}

    /// The known word with the fewest insertions, deletions and replacements (Levenshtein), at most [#MAX_DISTANCE].
    static Optional<String> to(String word, Collection<String> known) {
        return known.stream()
                .filter(k -> distance(word, k) <= MAX_DISTANCE)
                .min(Comparator.<String>comparingInt(k -> distance(word, k)).thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
