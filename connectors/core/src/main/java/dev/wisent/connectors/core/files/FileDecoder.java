package dev.wisent.connectors.core.files;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.ContractViolation;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// Unpacks and decodes one file. The ordinal of a position is the number of records before it.
final class FileDecoder implements Decoder {
    /// How much input lies between two places where a commit may stand: enough for full batches.
    private static final long BYTES_BETWEEN_STANDS = 8 << 20;

    private final FilesOptions options;
    private final InputFile file;
    private final Resume resume;
    private final StreamSchema schema;
    private final ByteDecoder decoder;
    private final PathColumns pathColumns;
    private final Decoding decoding;
    private Optional<Unpacker> unpacker = Optional.empty();
    private Optional<UnpackAhead> ahead = Optional.empty();
    private boolean packed;
    private boolean counted;
    private long sinceStand;
    private long discarded;

    FileDecoder(FilesOptions options, InputFile file, DecodeContext context, Decoding decoding) {
        this.options = options;
        this.decoding = decoding;
        this.file = file;
        this.resume = Resume.of(context.after());
        this.pathColumns = new PathColumns(options.partitionColumns(), options.forms(), file.where());
        this.schema = context.schema().orElseGet(() -> new StreamSchema(Schema.of()));
        DecoderOptions records = DecoderOptions.of(schema, options.contract())
                .withMaxRecordBytes(options.maxRecordBytes())
                .withForms(options.forms())
                .sharing(decoding.batches());
        this.decoder = options.format()
                .decoder(
                        resume.entersInside()
                                ? records.startingAt(resume.place())
                                : records.emittingFrom(resume.ordinal()));
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Raw raw)) {
            throw new IllegalArgumentException("a chunk of another source: " + chunk.payload());
        }
        byte[] data = raw.data();
        int offset = raw.offset();
        int length = raw.length();
        if (unpacker.isEmpty()) {
            Compression compression = resume.entersInside()
                    ? Compression.NONE
                    : options.compression().resolve(data, offset, length);
            packed = compression != Compression.NONE;
            unpacker = Optional.of(compression.unpacker());
            counted = true;
            decoding.begin();
        }
        Sink sink = new Sink(out);
        guarded(() -> unpack(data, offset, length, (bytes, from, count) -> decoder.feed(bytes, from, count, sink)));
        sinceStand += length;
        if (options.commits() == FilesOptions.Commits.WITHIN_FILES && sinceStand >= BYTES_BETWEEN_STANDS) {
            guarded(() -> decoder.flush(sink));
            sinceStand = 0;
            stand(position(), out);
        }
        tellDiscarded(out);
    }

    /// Where a core has nothing to do, the next chunk is unpacked there while this thread decodes the one before it.
    private void unpack(byte[] data, int offset, int length, Unpacker.Out out) throws IOException {
        if (packed && decoding.leavesCoresIdle()) {
            if (ahead.isEmpty()) {
                ahead = Optional.of(new UnpackAhead(unpacker.get(), file.where()));
            }
            ahead.get().feed(data, offset, length, out);
            return;
        }
        drain(out);
        unpacker.get().feed(data, offset, length, out);
    }

    private void drain(Unpacker.Out out) throws IOException {
        if (ahead.isPresent()) {
            ahead.get().drain(out);
        }
    }

    @Override
    public void end(BatchSink out) {
        Sink sink = new Sink(out);
        guarded(() -> {
            drain((bytes, from, count) -> decoder.feed(bytes, from, count, sink));
            if (unpacker.isPresent()) {
                unpacker.get().end();
            }
            decoder.end(sink);
        });
        stand(Position.at(decoder.place().ordinal()), out);
        tellDiscarded(out);
    }

    /// Everything up to here was handed over, and reading may go on here. While records are skipped that were
    /// committed, it can't yet.
    private void stand(Position at, BatchSink out) {
        if (at.ordinal() >= resume.ordinal()) {
            out.rows(RecordBatch.of(schema.current()), Stand.safe(at));
        }
    }

    private Position position() {
        boolean inside = !packed && options.format().canBeEntered();
        return inside
                ? Resume.inside(decoder.place())
                : Position.at(decoder.place().ordinal());
    }

    private void tellDiscarded(BatchSink out) {
        long now = decoder.discardedValues();
        if (now > discarded) {
            out.discarded(now - discarded);
            discarded = now;
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new SplitFailure(Reject.Stage.DECOMPRESS, String.valueOf(e.getMessage()), file.where(), e);
        } catch (ContractViolation e) {
            throw WisentException.of(ErrorCode.CONTRACT, String.valueOf(e.getMessage()))
                    .where(file.where() + ", " + e.place())
                    .hint("contract: {types: discard_row} lets such rows go to the rejects")
                    .causedBy(e);
        }
    }

    @Override
    public void close() {
        ahead.ifPresent(UnpackAhead::close);
        unpacker.ifPresent(Unpacker::close);
        if (counted) {
            counted = false;
            decoding.end();
        }
    }

    private final class Sink implements RecordSink {
        private final BatchSink out;

        Sink(BatchSink out) {
            this.out = out;
        }

        @Override
        public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
            out.rows(pathColumns.in(batch), Stand.notHere(Position.at(recordsDone)));
        }

        @Override
        public void bad(BadRecord bad) {
            out.reject(new Reject(
                    1,
                    stage(bad.reason()),
                    file.where(),
                    bad.ordinal(),
                    OptionalLong.of(bad.line()),
                    OptionalLong.of(bad.byteOffset()),
                    bad.raw(),
                    bad.rawBytes(),
                    code(bad.reason()).id(),
                    bad.message(),
                    decoder.columns()));
        }
    }

    static Reject.Stage stage(BadRecord.Reason reason) {
        return switch (reason) {
            case SYNTAX, ENCODING, TOO_LARGE, DEPTH, COLUMN_COUNT -> Reject.Stage.PARSE;
            case TYPE, MISSING, UNKNOWN_KEY -> Reject.Stage.TYPE;
        };
    }

    static ErrorCode code(BadRecord.Reason reason) {
        return switch (reason) {
            case SYNTAX, ENCODING, DEPTH, COLUMN_COUNT -> ErrorCode.BAD_RECORD;
            case TOO_LARGE -> ErrorCode.RECORD_TOO_LARGE;
            case TYPE -> ErrorCode.TYPE_MISMATCH;
            case MISSING -> ErrorCode.MISSING_VALUE;
            case UNKNOWN_KEY -> ErrorCode.CONTRACT;
        };
    }
}
