package dev.wisent.api.storage;

import java.util.OptionalLong;

/// Which bytes of an object.
///
/// @param from the first one, counted from 0
/// @param length how many, at least one; empty: to the end. An object that ends earlier gives what it has
public record ByteRange(long from, OptionalLong length) {
    public static final ByteRange ALL = new ByteRange(0, OptionalLong.empty());

    public ByteRange {
        if (from < 0 || length.orElse(1) < 1) {
            throw new IllegalArgumentException("bytes from " + from + ", length " + length);
        }
    }

    public static ByteRange from(long first) {
        return new ByteRange(first, OptionalLong.empty());
    }

    public static ByteRange of(long first, long length) {
        return new ByteRange(first, OptionalLong.of(length));
    }

    public boolean isAll() {
        return from == 0 && length.isEmpty();
    }

    /// How many bytes of an object of `size` it takes.
    public long within(long size) {
        long rest = Math.max(0, size - from);
        return length.isPresent() ? Math.min(rest, length.getAsLong()) : rest;
    }

    /// As HTTP spells it (RFC 9110 section 14.1.2).
    public String header() {
        return "bytes=" + from + "-" + (length.isPresent() ? from + length.getAsLong() - 1 : "");
    }
}
