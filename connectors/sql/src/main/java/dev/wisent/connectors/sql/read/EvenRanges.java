package dev.wisent.connectors.sql.read;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/// Cuts whole numbers into ranges that hold about as many rows each, wherever they lie: what holds too many is halved, again
/// and again, then neighbours are put together. A number with a gap of 10^15 behind it costs some fifty looks.
public final class EvenRanges {
    private static final int MOST_LOOKS = 600;
    /// A range is put together from some, so that it is no more than a quarter too large.
    private static final int PIECES = 4;

    /// About how many rows lie in a range.
    public interface Looks {
        long rows(BigInteger above, BigInteger to) throws SQLException;
    }

    private record Piece(BigInteger above, BigInteger to, long rows) {
        boolean holdsOneValue() {
            return to.subtract(above).equals(BigInteger.ONE);
        }
    }

    private EvenRanges() {}

    /// @return the last number of each range but the last, at most `ranges - 1`
    public static List<BigInteger> bounds(BigInteger low, BigInteger high, long ranges, Looks looks)
            throws SQLException {
        PriorityQueue<Piece> large =
                new PriorityQueue<>(Comparator.comparingLong(Piece::rows).reversed());
        List<Piece> small = new ArrayList<>();
        BigInteger first = low.subtract(BigInteger.ONE);
        Piece whole = new Piece(first, high, looks.rows(first, high));
        (whole.holdsOneValue() ? small : large).add(whole);
        long rows = whole.rows();
        for (int left = MOST_LOOKS; left > 0 && !large.isEmpty(); left -= 2) {
            if (large.peek().rows() * ranges * PIECES <= rows) {
                break;
            }
            Piece piece = large.remove();
            BigInteger middle = piece.above().add(piece.to()).shiftRight(1);
            rows -= piece.rows();
            for (Piece half : List.of(
                    new Piece(piece.above(), middle, looks.rows(piece.above(), middle)),
                    new Piece(middle, piece.to(), looks.rows(middle, piece.to())))) {
                rows += half.rows();
                (half.holdsOneValue() ? small : large).add(half);
            }
        }
        return together(
                Stream.concat(large.stream(), small.stream())
                        .sorted(Comparator.comparing(Piece::above))
                        .toList(),
                (double) rows / ranges);
    }

    private static List<BigInteger> together(List<Piece> pieces, double share) {
        List<BigInteger> bounds = new ArrayList<>();
        double rows = 0;
        for (Piece piece : pieces.subList(0, pieces.size() - 1)) {
            rows += piece.rows();
            if (rows >= share * (bounds.size() + 1)) {
                bounds.add(piece.to());
            }
        }
        return bounds;
    }
}
