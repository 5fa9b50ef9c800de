package dev.wisent.connectors.sql.staged;

import dev.wisent.api.StreamId;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WriteFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the parts of one stream wait: a folder in one beside the database. A name is used once (R7) and carries the claim it
/// was written under.
public final class PartFolder {
    private static final Pattern PART = Pattern.compile("c(\\d{1,18})-.*");
    private static final int SHORT = 12;

    private final Path folder;

    PartFolder(Path database, String pipeline, StreamId stream) {
        String name = digest(pipeline + "\n" + stream.name());
        this.folder = Path.of(database + ".parts").resolve(name);
    }

    private static String digest(String of) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SHORT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A file for a part; its folder is made.
    public Path next(WriteRequest request, long counter, String suffix) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "the folder for parts can't be made", folder, 0, e);
        }
        return folder.resolve("c%d-%s-w%d-%d%s"
                .formatted(
                        request.claim(),
                        request.run().value().replaceAll("[^A-Za-z0-9._-]", "_"),
                        request.worker(),
                        counter,
                        suffix));
    }

    Path of(StagedPart part) {
        return folder.resolve(part.name());
    }

    /// Parts that are in the tables. What can't be removed is left to the next sweep.
    void remove(List<Path> parts) {
        for (Path part : parts) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException leftToTheSweep) {
                return;
            }
        }
    }

    /// Removes what claims before `claim` left: commits that named it are in, those that did not can't get in any more.
    void sweepBelow(long claim) {
        try (Stream<Path> parts = Files.list(folder)) {
            for (Path part : parts.toList()) {
                Matcher name = PART.matcher(String.valueOf(part.getFileName()));
                if (name.matches() && Long.parseLong(name.group(1)) < claim) {
                    Files.deleteIfExists(part);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException nothing) {
            return;
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "parts of older runs can't be removed", folder, 0, e);
        }
    }
}
