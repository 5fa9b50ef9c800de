package dev.wisent.connectors.core.files;

import com.github.luben.zstd.Zstd;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.connectors.core.Configs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Files to read, and sources that read them.
final class Inputs {
    static final Map<String, ?> SCHEMA = Map.of(
            "fields",
            List.of(Map.of("name", "id", "type", "int64", "nullable", "false"), Map.of("name", "v", "type", "string")));

    private Inputs() {}

    static Source source(Path folder, String pattern, Map<String, ?> keys) {
        return source(folder, pattern, keys, SourceSettings.DEFAULT_MAX_RECORD_BYTES);
    }

    static Source source(Path folder, String pattern, Map<String, ?> keys, long maxRecordBytes) {
        Map<String, Object> all = new HashMap<>(keys);
        all.put("path", folder + "/" + pattern);
        return Configs.read(
                all,
                config -> new FilesFactory()
                        .create(config, Configs.source("rows", Optional.of(SyncMode.INCREMENTAL), maxRecordBytes)));
    }

    static Path write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, String content) {
        return write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    static void touch(Path file, Instant time) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(time));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(utf8(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] zstd(String text) {
        return Zstd.compress(utf8(text));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] cut(byte[] bytes, int less) {
        return java.util.Arrays.copyOf(bytes, bytes.length - less);
    }

    static byte[] flip(byte[] bytes, int fromEnd) {
        byte[] changed = bytes.clone();
        changed[bytes.length - fromEnd] ^= 0x55;
        return changed;
    }
}
