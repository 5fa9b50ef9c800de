package dev.wisent.connectors.core.files;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WriteFailure;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.SchemaInference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;

/// Infers the schema from the first bytes of some files: the first, the last and a few between, since the newest may
/// have columns the oldest has not.
final class SchemaSample {
    private static final int BLOCK = 256 << 10;

    private final SchemaInference inference;
    private long left;

    private SchemaSample(SchemaInference inference) {
        this.inference = inference;
    }

    static Schema infer(FilesOptions options, List<InputFile> files) {
        SchemaSample sample = new SchemaSample(options.format().inference());
        int count = Math.min(files.size(), SchemaInference.SAMPLE_FILES);
        for (int i = 0; i < count; i++) {
            int index = count == 1 ? 0 : (int) ((long) i * (files.size() - 1) / (count - 1));
            sample.take(files.get(index), options.compression(), SchemaInference.SAMPLE_BYTES / count);
        }
        return sample.inference.schema();
    }

    /// A damaged or vanished file ends its sample; whoever reads it will tell.
    private void take(InputFile file, Compression compression, long share) {
        left = share;
        try (InputStream in = Files.newInputStream(file.path())) {
            byte[] block = in.readNBytes(BLOCK);
            try (Unpacker unpacker = compression.resolve(block, 0, block.length).unpacker()) {
                while (block.length > 0 && left > 0) {
                    unpacker.feed(block, 0, block.length, this::feed);
                    block = in.readNBytes(BLOCK);
                }
            } catch (IOException damaged) {
                left = 0;
            }
        } catch (NoSuchFileException vanished) {
            left = 0;
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.SOURCE_CONNECTION, "a file can't be read", file.path(), 0, e);
        }
        if (left > 0) {
            inference.endFile();
        } else {
            inference.cutFile();
        }
    }

    private void feed(byte[] data, int offset, int length) {
        int count = (int) Math.min(length, left);
        if (count > 0) {
            inference.feed(data, offset, count);
            left -= count;
        }
    }
}
