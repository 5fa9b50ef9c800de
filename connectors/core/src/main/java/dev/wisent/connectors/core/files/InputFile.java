package dev.wisent.connectors.core.files;

import dev.wisent.api.SplitId;
import dev.wisent.api.source.Split;
import java.net.URLDecoder;
import java.net.URLEncoder;
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
/// @param where its path or URL
/// @param mtime nanoseconds since 1970
/// @param version what its store calls its content; empty: nothing, so size and time stand for it
record InputFile(String name, String where, long size, long mtime, String version) {
    private static final int PATH_DIGITS = 16;
    private static final int TIME_DIGITS = 8;
    private static final long NANOS = 1_000_000_000;

    static InputFile of(String name, Path path, BasicFileAttributes attributes) {
        return new InputFile(
                name,
                path.toString(),
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                "");
    }

    boolean isSame(BasicFileAttributes attributes) {
        return attributes.size() == size && attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) == mtime;
    }

    /// 128 bits in hex: 64 of the name's hash, the mtime in seconds, 32 of the hash of the version, or else of size and
    /// mtime. A rewritten file keeps the first half.
    SplitId id() {
        HexFormat hex = HexFormat.of();
        return new SplitId(hex.toHexDigits(hash(name))
                + hex.toHexDigits((int) Math.floorDiv(mtime, NANOS))
                + hex.toHexDigits((int) hash(content())));
    }

    private String content() {
        return version.isEmpty() ? size + " " + mtime : size + " " + version;
    }

    /// What is the same for this name with this content, whenever it was written.
    long state() {
        return state(hash(name), (int) hash(content()));
    }

    static long state(SplitId id) {
        return state(nameHash(id), HexFormat.fromHexDigits(id.value(), PATH_DIGITS + TIME_DIGITS, 2 * PATH_DIGITS));
    }

    private static long state(long name, int content) {
        return name ^ Long.rotateLeft(content * 0x9E3779B97F4A7C15L, 17);
    }

    /// What all states of one file have in common.
    long nameHash() {
        return hash(name);
    }

    /// What the ids of all its states begin with.
    String namePrefix() {
        return HexFormat.of().toHexDigits(hash(name));
    }

    /// Half as long as an id, and hardly ever the same for two.
    static long digest(SplitId id) {
        long time = HexFormat.fromHexDigitsToLong(id.value(), PATH_DIGITS, 2 * PATH_DIGITS);
        return nameHash(id) ^ Long.rotateLeft(time * 0x9E3779B97F4A7C15L, 17);
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

    Split split(SplitId id) {
        String time = version.isEmpty() ? "" + mtime : mtime + ":" + URLEncoder.encode(version, StandardCharsets.UTF_8);
        return new Split(id, name, size + " " + time + " " + where, OptionalLong.of(size));
    }

    static InputFile of(Split split) {
        String[] parts = split.spec().split(" ", 3);
        String[] time = parts[1].split(":", 2);
        return new InputFile(
                split.label(),
                parts[2],
                Long.parseLong(parts[0]),
                Long.parseLong(time[0]),
                time.length == 1 ? "" : URLDecoder.decode(time[1], StandardCharsets.UTF_8));
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
