package dev.wisent.engine.internal.reject;

import dev.wisent.api.LaneId;
import dev.wisent.api.Reject;
import dev.wisent.api.RejectFile;
import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.error.WriteFailure;
import dev.wisent.columnar.RowOp;
import dev.wisent.engine.internal.run.Fingerprint;
import dev.wisent.engine.internal.run.RejectLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rejects of one worker and lane, as NDJSON under `error_handling.dlq_path`: a file for each cut that has some, never
/// overwritten (R7), fsynced
/// before the cut counts. Kept in `<name>.part` until sealed.
public final class RejectFiles implements RejectLog {
    /// Of 48 bits, which two streams of a pipeline share by no chance.
    private static final int MARK_DIGITS = 12;

    private final Path folder;
    private final RunId run;
    private final StreamId stream;
    private final String prefix;
    private final UnaryOperator<String> mask;
    private int counter;
    private long count;
    private long bytes;
    private Optional<Open> open = Optional.empty();

    private record Open(Path path, Path sealed, FileChannel channel, OutputStream out) {}

    public RejectFiles(Path folder, RunId run, StreamId stream, LaneId lane, int worker) {
        this(folder, run, stream, lane, worker, UnaryOperator.identity());
    }

    /// @param mask takes secrets out of messages and places (R14); what a record holds is kept as it came
    public RejectFiles(Path folder, RunId run, StreamId stream, LaneId lane, int worker, UnaryOperator<String> mask) {
        this.mask = mask;
        this.folder = folder;
        this.run = run;
        this.stream = stream;
        this.prefix = run + "-s" + mark(stream) + "-l" + lane + "-w" + worker + "-";
    }

    /// The streams of a run write into one folder, and the name of a stream may be no name of a file.
    private static String mark(StreamId stream) {
        return Fingerprint.digestOf(stream.name()).substring(0, MARK_DIGITS);
    }

    @Override
    public void add(Reject reject) {
        byte[] line = (line(reject) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (open.isEmpty()) {
                open = Optional.of(create());
            }
            bytes += line.length;
            open.get().out().write(line);
            count++;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public Optional<RejectFile> seal() {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Open file = open.get();
        try {
            file.out().flush();
            file.channel().force(true);
            file.out().close();
            Files.move(file.path(), file.sealed());
            sync(folder);
        } catch (IOException e) {
            throw failed(e);
        }
        RejectFile sealed = new RejectFile(file.sealed().toString(), count);
        open = Optional.empty();
        count = 0;
        bytes = 0;
        return Optional.of(sealed);
    }

    @Override
    public void discard() {
        if (open.isPresent()) {
            try {
                open.get().channel().close(); // without writing what is left, which may be why it is given up
                Files.deleteIfExists(open.get().path());
            } catch (IOException e) {
                throw failed(e);
            }
            open = Optional.empty();
            count = 0;
            bytes = 0;
        }
    }

    private Open create() throws IOException {
        createFolder(folder.toAbsolutePath());
        String name = prefix + ++counter + ".ndjson";
        Path path = folder.resolve(name + ".part");
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Open(
                path,
                folder.resolve(name),
                channel,
                new java.io.BufferedOutputStream(Channels.newOutputStream(channel)));
    }

    /// Each new folder is known to its parent for good: a commit names what is in it (R12).
    private static void createFolder(Path wanted) throws IOException {
        Path parent = wanted.getParent();
        if (!Files.isDirectory(wanted) && parent != null) {
            createFolder(parent);
            Files.createDirectories(wanted);
            sync(parent);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private String line(Reject reject) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("run", run.value())
                .put("stream", stream.name())
                .put("stage", reject.stage().name().toLowerCase(Locale.ROOT));
        node.put("where", mask.apply(reject.where())).put("ordinal", reject.ordinal());
        reject.line().ifPresent(line -> node.put("line", line));
        reject.byteOffset().ifPresent(offset -> node.put("byte_offset", offset));
        if (!reject.columns().isEmpty()) {
            reject.columns().forEach(node.putArray("columns")::add);
        }
        Reject.Beside beside = reject.beside();
        if (beside.op() != RowOp.INSERT) {
            node.put("op", beside.op().name().toLowerCase(Locale.ROOT));
        }
        beside.sourceTimestamp().ifPresent(micros -> node.put("source_timestamp", micros));
        beside.destinationId().ifPresent(id -> node.put("destination_id", id));
        if (reject.records() != 1) {
            node.put("records", reject.records());
        }
        node.put("code", reject.code()).put("message", mask.apply(reject.message()));
        node.put("raw_base64", Base64.getEncoder().encodeToString(reject.raw()));
        node.put("raw_bytes", reject.rawBytes()).put("at", Instant.now().toString());
        return node.toString();
    }

    private WisentException failed(IOException e) {
        return WriteFailure.of(
                ErrorCode.WRITE_FAILED,
                "rejects can't be written (error_handling.dlq_path names the folder)",
                folder.toAbsolutePath(),
                bytes,
                e);
    }
}
