package dev.wisent.connectors.core.files;

import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.format.FileFormat;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.SchemaInference;
import dev.wisent.columnar.TypeLattice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Infers the schema from the first bytes of some files.
final class SchemaSample {
    private static final int BLOCK = 256 << 10;

    private final SchemaInference inference;
    private long left;

    private SchemaSample(SchemaInference inference) {
        this.inference = inference;
    }

    /// @param some as [FileSample] chose them
    static Schema infer(FilesOptions options, FileOrigin origin, List<InputFile> some) {
        if (options.format() instanceof InputFormat.Typed typed) {
            return ofTypes(typed.format().value(), origin, some);
        }
        SchemaSample sample = new SchemaSample(options.format().inference());
        for (InputFile file : some) {
            sample.take(origin, file, options.compression(), SchemaInference.SAMPLE_BYTES / some.size());
        }
        return sample.inference.schema();
    }

    /// What the files themselves say.
    private static Schema ofTypes(FileFormat format, FileOrigin origin, List<InputFile> files) {
        Optional<Schema> all = Optional.empty();
        for (InputFile file : files) {
            try (ListedBytes bytes = new ListedBytes(origin, file)) {
                Schema schema = format.schema(bytes);
                all = Optional.of(
                        all.map(known -> TypeLattice.merge(known, schema)).orElse(schema));
            } catch (SplitFailure unusable) {
                continue;
            }
        }
        return all.orElseGet(Schema::of);
    }

    /// A damaged or vanished file ends its sample; whoever reads it will tell.
    private void take(FileOrigin origin, InputFile file, Compression compression, long share) {
        left = share;
        byte[] block = new byte[BLOCK];
        try (FileOrigin.OpenFile in = origin.open(file, 0)) {
            int length = in.fill(block, 0);
            try (Unpacker unpacker = compression.resolve(block, 0, length).unpacker()) {
                while (length > 0 && left > 0) {
                    unpacker.feed(block, 0, length, this::feed);
                    length = left > 0 ? in.fill(block, 0) : 0;
                }
            }
        } catch (IOException | SplitFailure unusable) {
            left = 0;
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
