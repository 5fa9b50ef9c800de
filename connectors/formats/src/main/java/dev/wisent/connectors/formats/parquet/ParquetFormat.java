package dev.wisent.connectors.formats.parquet;

import dev.wisent.api.Position;
import dev.wisent.api.format.FileBytes;
import dev.wisent.api.format.FileFormat;
import dev.wisent.api.format.Pieces;
import dev.wisent.api.format.Projection;
import dev.wisent.api.source.Decoder;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.formats.Damage;
import dev.wisent.connectors.typed.Unfit;

/// `format: parquet`.
public final class ParquetFormat implements FileFormat {
    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public String summary() {
        return "Parquet files, read without Hadoop";
    }

    @Override
    public Schema schema(FileBytes file) {
        Footer footer = Footer.read(file);
        try {
            return Columns.of(footer.schema(), Projection.ALL).schema();
        } catch (Unfit e) {
            throw Damage.type(file.where(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            throw Damage.parse(file.where(), "the file's schema can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Pieces pieces(FileBytes file, Position after, Projection wanted) {
        return new RowGroups(file, after.ordinal(), wanted);
    }

    @Override
    public Decoder decoder(String where, Position after, Projection wanted) {
        return new RowGroupDecoder(where, after.ordinal(), wanted);
    }
}
