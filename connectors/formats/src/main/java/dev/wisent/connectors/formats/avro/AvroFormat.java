package dev.wisent.connectors.formats.avro;

import dev.wisent.api.Position;
import dev.wisent.api.format.FileBytes;
import dev.wisent.api.format.FileFormat;
import dev.wisent.api.format.Pieces;
import dev.wisent.api.format.Projection;
import dev.wisent.api.source.Decoder;
import dev.wisent.columnar.Schema;

/// `format: avro`.
public final class AvroFormat implements FileFormat {
    @Override
    public String name() {
        return "avro";
    }

    @Override
    public String summary() {
        return "Avro object container files";
    }

    @Override
    public Schema schema(FileBytes file) {
        return AvroColumns.of(Header.read(file), Projection.ALL, file.where()).schema();
    }

    @Override
    public Pieces pieces(FileBytes file, Position after, Projection wanted) {
        return new Blocks(file, after);
    }

    @Override
    public Decoder decoder(String where, Position after, Projection wanted) {
        return new BlockDecoder(where, after.ordinal(), wanted);
    }
}
