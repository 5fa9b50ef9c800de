package dev.wisent.connectors.core.file;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.format.FileBytes;
import dev.wisent.api.format.FileFormat;
import dev.wisent.api.format.Pieces;
import dev.wisent.api.format.Projection;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.columnar.RecordBatch;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads back one file of a format that a family knows.
final class TypedFile {
    private TypedFile() {}

    /// A file of a format that is read from its end: it is copied to local disk first.
    static void read(FileFormat format, String where, InputStream content, Consumer<RecordBatch> rows)
            throws IOException {
        Path copy = Files.createTempFile("wisent-read-back", null);
        try (InputStream in = content) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            decode(format, where, copy, rows);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (SplitFailure e) {
            throw FileReadBack.unreadable(e.what(), where);
        } finally {
            Files.delete(copy);
        }
    }

    private static void decode(FileFormat format, String where, Path copy, Consumer<RecordBatch> rows)
            throws IOException {
        Handing out = new Handing(where, rows);
        try (FileChannel channel = FileChannel.open(copy);
                Decoder decoder = format.decoder(where, Position.START, Projection.ALL)) {
            Pieces pieces = format.pieces(new Bytes(where, channel, channel.size()), Position.START, Projection.ALL);
            SplitId split = new SplitId("file");
            for (Optional<Payload> piece = pieces.next(); piece.isPresent(); piece = pieces.next()) {
                decoder.decode(new Fetched.Chunk(split, piece.get(), 0, Optional.empty()), out);
            }
            decoder.end(out);
        }
    }

    private record Bytes(String where, FileChannel channel, long size) implements FileBytes {
        @Override
        public byte[] read(long from, int length) {
            ByteBuffer into = ByteBuffer.allocate(length);
            try {
                while (into.hasRemaining()) {
                    if (channel.read(into, from + into.position()) < 0) {
                        throw new EOFException(where + " ends before byte " + (from + length));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return into.array();
        }
    }

    private record Handing(String where, Consumer<RecordBatch> rows) implements BatchSink {
        @Override
        public void rows(RecordBatch batch, Stand upTo) {
            if (batch.rows() > 0) {
                rows.accept(batch);
            }
        }

        @Override
        public void reject(Reject reject) {
            throw FileReadBack.unreadable(reject.message(), where + ", record " + reject.ordinal());
        }

        @Override
        public void discarded(long values) {}
    }
}
