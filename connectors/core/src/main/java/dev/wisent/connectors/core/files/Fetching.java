package dev.wisent.connectors.core.files;

import dev.wisent.api.Position;
import dev.wisent.api.format.FileFormat;
import dev.wisent.api.format.Pieces;
import dev.wisent.api.format.Projection;
import dev.wisent.api.source.BlockPool;
import dev.wisent.api.source.Payload;
import java.util.Optional;

/// One file on its way in. One thread.
interface Fetching extends AutoCloseable {
    /// What comes next; empty: all of it came, and it is still the file that was listed. After a transient failure the same
    /// call may be made again.
    Optional<Payload> next();

    @Override
    void close();

    /// As it lies there.
    record Blocks(FileOrigin.OpenFile file, BlockPool pool) implements Fetching {
        @Override
        public Optional<Payload> next() {
            byte[] block = pool.take();
            int length = file.fill(block, 0);
            if (length > 0) {
                return Optional.of(pool.lend(block, length));
            }
            pool.lend(block, 0).release();
            file.end();
            return Optional.empty();
        }

        @Override
        public void close() {
            file.close();
        }
    }

    static Fetching pieces(FileFormat format, ListedBytes bytes, Position after, Projection wanted) {
        return new OfFormat(bytes, format.pieces(bytes, after, wanted));
    }

    /// In the pieces its format decodes.
    record OfFormat(ListedBytes bytes, Pieces pieces) implements Fetching {
        @Override
        public Optional<Payload> next() {
            Optional<Payload> piece = pieces.next();
            if (piece.isEmpty()) {
                bytes.end();
            }
            return piece;
        }

        @Override
        public void close() {
            bytes.close();
        }
    }
}
