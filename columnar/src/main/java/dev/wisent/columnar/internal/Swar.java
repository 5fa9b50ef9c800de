package dev.wisent.columnar.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Eight bytes at a time, as a little-endian long: the byte with the lowest index is the lowest one. The tests return a
/// word in which the high bit of every byte that matches is set, or zero; bits above the lowest set one may be wrong, so
/// only [#first] of it means anything ("Bit Twiddling Hacks", determine if a word has a byte less than n).
public final class Swar {
    /// Bytes a reader may touch behind the last one that counts.
    public static final int PADDING = 8;

    public static final long HIGH = 0x8080808080808080L;
    private static final long LOW = 0x0101010101010101L;
    /// The first byte JSON allows unescaped in strings (RFC 8259 section 7).
    private static final long SPACES = 0x2020202020202020L;

    private static final long ZEROS = LOW * '0';

    private static final long QUOTES = LOW * '"';
    private static final long BACKSLASHES = LOW * '\\';
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Swar() {}

    public static long get(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    public static void set(byte[] bytes, int at, long word) {
        LONGS.set(bytes, at, word);
    }

    /// Eight times the same byte.
    public static long fill(byte b) {
        return LOW * (b & 0xFF);
    }

    /// The bytes up to the first quote, that one included, and zeros behind it; all of them when there is no quote.
    public static long throughQuote(long word) {
        long quotes = equal(word, QUOTES);
        // all bits below the lowest one set, and that one
        return word & (quotes ^ quotes - 1 | (quotes == 0 ? -1L : 0));
    }

    /// Bytes equal to those of `pattern`.
    public static long equal(long word, long pattern) {
        long difference = word ^ pattern;
        return (difference - LOW) & ~difference & HIGH;
    }

    /// Bytes that end the plain run of a JSON string: quote, backslash, control characters and non-ASCII. As the last ones
    /// are told by their own high bit, a difference that has it needs no second look.
    public static long endOfPlain(long word) {
        long quotes = word ^ QUOTES;
        long backslashes = word ^ BACKSLASHES;
        return (quotes - LOW | backslashes - LOW | word - SPACES | word) & HIGH;
    }

    /// Bytes a JSON string can't hold as they are: quote, backslash, control characters.
    public static long needsEscape(long word) {
        long quotes = word ^ QUOTES;
        long backslashes = word ^ BACKSLASHES;
        return (((quotes - LOW) & ~quotes) | ((backslashes - LOW) & ~backslashes) | ((word - SPACES) & ~word)) & HIGH;
    }

    /// How many decimal digits the word begins with, 0 to 8.
    public static int digits(long word) {
        long values = word ^ ZEROS;
        return first(((values & ~HIGH) + LOW * (0x80 - 10) | values) & HIGH);
    }

    /// The number that the first `digits` bytes are, 1 to 8 decimal digits: moved behind zeros.
    public static long number(long word, int digits) {
        return together((word ^ ZEROS) << (Long.BYTES - digits) * Byte.SIZE);
    }

    /// The number that eight digits are: neighbours are put together, to two, four and eight digits.
    public static long number(long digits) {
        return together(digits - ZEROS);
    }

    private static long together(long values) {
        long pairs = values * 10 + (values >>> 8);
        long high = (pairs & 0x000000FF000000FFL) * 0x000F424000000064L;
        long low = (pairs >>> 16 & 0x000000FF000000FFL) * 0x0000271000000001L;
        return high + low >>> 32;
    }

    /// The index (0 to 7) of the first byte set in the result of a test; 8 when none is.
    public static int first(long matches) {
        return Long.numberOfTrailingZeros(matches) >>> 3;
    }

    /// Where `b` first occurs in `[from, to)`, or -1. Touches no byte outside.
    public static int find(byte[] bytes, int from, int to, byte b) {
        long pattern = fill(b);
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long hit = equal(get(bytes, at), pattern);
            if (hit != 0) {
                return at + first(hit);
            }
        }
        for (; at < to; at++) {
            if (bytes[at] == b) {
                return at;
            }
        }
        return -1;
    }
}
