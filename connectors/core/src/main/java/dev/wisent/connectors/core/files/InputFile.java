package dev.wisent.connectors.core.files;

import dev.wisent.api.SplitId;
import dev.wisent.api.source.Split;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// A file as it was listed.
///
/// @param name its path relative to the listed folder, with slashes: part of its identity, so the folder may move
/// @param mtime nanoseconds since 1970
record InputFile(String name, Path path, long size, long mtime) {
    private static final int PATH_DIGITS = 16;
    private static final int TIME_DIGITS = 8;
    private static final long NANOS = 1_000_000_000;

    static InputFile of(String name, Path path, BasicFileAttributes attributes) {
        return new InputFile(
                name, path, attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    boolean isSame(BasicFileAttributes attributes) {
        return attributes.size() == size && attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) == mtime;
    }

    /// 128 bits in hex: 64 of the name's hash, the mtime in seconds, 32 of the hash of size and mtime. A rewritten file
    /// keeps the first half.
    SplitId id() {
        HexFormat hex = HexFormat.of();
        return new SplitId(hex.toHexDigits(hash(name))
                + hex.toHexDigits((int) Math.floorDiv(mtime, NANOS))
                + hex.toHexDigits((int) hash(size + " " + mtime)));
    }

    /// What all states of one file have in common.
    long nameHash() {
        return hash(name);
    }

    static boolean isFile(SplitId id) {
        return id.value().length() == 2 * PATH_DIGITS;
    }

    static long nameHash(SplitId id) {
        return HexFormat.fromHexDigitsToLong(id.value(), 0, PATH_DIGITS);
    }

    long seconds() {
        return Math.floorDiv(mtime, NANOS) & 0xFFFF_FFFFL;
    }

    /// The mtime in a name, in seconds.
    static long seconds(SplitId id) {
        return HexFormat.fromHexDigitsToLong(id.value(), PATH_DIGITS, PATH_DIGITS + TIME_DIGITS);
    }

    Split split() {
        return new Split(id(), name, size + " " + mtime + " " + path, OptionalLong.of(size));
    }

    static InputFile of(Split split) {
        String[] parts = split.spec().split(" ", 3);
        return new InputFile(split.label(), Path.of(parts[2]), Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    private static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.fromHexDigitsToLong(HexFormat.of().formatHex(digest, 0, Long.BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
