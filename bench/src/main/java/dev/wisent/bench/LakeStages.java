package dev.wisent.bench;

import com.github.luben.zstd.ZstdInputStream;
import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.Decoders;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.columnar.parquet.Compression;
import dev.wisent.columnar.parquet.ParquetEncoder;
import dev.wisent.columnar.parquet.ParquetOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// CPU seconds per GB of each stage of [LakeLoad] alone, on one thread, the same files in a loop: so that the next person knows
/// where to look. The best of the rounds: what other processes do can only make one worse.
record LakeStages(Path work) {
    private static final int BLOCK = 1 << 20;
    private static final int ROUNDS = Integer.getInteger("bench.lake.rounds", 6);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private record Line(LakeData.Kind kind, String input, Compression codec) {}

    private static final List<Line> LINES = List.of(
            new Line(LakeData.Kind.EVENTS, "zst", Compression.NONE),
            new Line(LakeData.Kind.EVENTS, "zst", Compression.ZSTD),
            new Line(LakeData.Kind.EVENTS, "zst", Compression.SNAPPY),
            new Line(LakeData.Kind.EVENTS, "zst", Compression.LZ4_RAW),
            new Line(LakeData.Kind.EVENTS, "gz", Compression.ZSTD),
            new Line(LakeData.Kind.MIXED, "zst", Compression.ZSTD),
            new Line(LakeData.Kind.WIDE, "zst", Compression.ZSTD));

    void run() throws IOException {
        System.out.println("\n## stages, CPU s/GB before compression, one thread, best round");
        System.out.println("files | input → codec | inflate | parse | encode | compressed to");
        for (Line line : LINES) {
            LakeData.prepare(work, line.kind());
            Pass best = new Pass(line);
            for (int i = 0; i < ROUNDS; i++) {
                Pass pass = new Pass(line);
                pass.run(work.resolve(line.kind().folder()));
                best = best.bytes == 0 || pass.all() < best.all() ? pass : best;
            }
            double gigabytes = best.bytes / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%s | %s → %s | %.2f | %.2f | %.2f | %.1f %%%n",
                    line.kind(),
                    line.input(),
                    line.codec(),
                    best.inflate / 1e9 / gigabytes,
                    best.parse / 1e9 / gigabytes,
                    best.encode / 1e9 / gigabytes,
                    100.0 * best.written / best.bytes);
        }
    }

    private static final class Pass implements RecordSink {
        private final ParquetEncoder encoder;
        private final String input;
        private long bytes;
        private long written;
        private long inflate;
        private long parse;
        private long encode;

        Pass(Line line) {
            this.input = line.input();
            this.encoder =
                    new ParquetEncoder(StageInput.schema(), ParquetOptions.DEFAULT.withCompression(line.codec()));
        }

        long all() {
            return inflate + parse + encode;
        }

        private InputStream open(Path file) throws IOException {
            InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 18);
            return input.equals("gz") ? new GZIPInputStream(in, 1 << 16) : new ZstdInputStream(in);
        }

        void run(Path folder) throws IOException {
            byte[] block = new byte[BLOCK];
            for (int i = 0; i < Math.min(2, LakeData.FILES); i++) {
                ByteDecoder decoder =
                        Decoders.ndjson(DecoderOptions.of(new StreamSchema(StageInput.schema()), Contract.EXPLICIT));
                Path file = folder.resolve("ev-%02d.ndjson.%s".formatted(i, input));
                try (InputStream in = open(file)) {
                    while (true) {
                        long start = THREADS.getCurrentThreadCpuTime();
                        int read = in.readNBytes(block, 0, BLOCK);
                        long inflated = THREADS.getCurrentThreadCpuTime();
                        inflate += inflated - start;
                        long before = encode;
                        if (read == 0) {
                            decoder.end(this);
                        } else {
                            decoder.feed(block, 0, read, this);
                        }
                        parse += THREADS.getCurrentThreadCpuTime() - inflated - (encode - before);
                        bytes += read;
                        if (read == 0) {
                            break;
                        }
                    }
                }
            }
            long start = THREADS.getCurrentThreadCpuTime();
            written = encoder.finish((data, from, length) -> {}).bytes();
            encode += THREADS.getCurrentThreadCpuTime() - start;
            encoder.close();
        }

        @Override
        public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
            long start = THREADS.getCurrentThreadCpuTime();
            encoder.encode(batch, 0, batch.rows(), (data, from, length) -> {});
            encode += THREADS.getCurrentThreadCpuTime() - start;
        }

        @Override
        public void bad(BadRecord bad) {
            throw new IllegalStateException(bad.message());
        }
    }
}
