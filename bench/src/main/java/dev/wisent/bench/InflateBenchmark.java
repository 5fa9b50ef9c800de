package dev.wisent.bench;

import com.github.luben.zstd.ZstdInputStream;
import dev.wisent.columnar.inflate.Inflation;
import dev.wisent.columnar.inflate.JavaInflation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Unpacking [StageInput#BYTES] of events: deflate by what gzip files are read with (ISA-L where it is installed), in Java
/// and by the JDK, and zstd.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class InflateBenchmark {
    private final byte[] block = new byte[1 << 18];
    private byte[] deflated = new byte[0];
    private byte[] zstd = new byte[0];

    /// For JMH.
    public InflateBenchmark() {}

    @Setup
    public void prepare() {
        StageInput input = StageInput.of(LakeData.Kind.EVENTS);
        deflated = input.deflated();
        zstd = input.zstd();
    }

    @Benchmark
    public long deflateByFastest() throws DataFormatException {
        return deflate(Inflation.fastest());
    }

    @Benchmark
    public long deflateInJava() throws DataFormatException {
        return deflate(new JavaInflation());
    }

    private long deflate(Inflation kind) throws DataFormatException {
        try (Inflation inflation = kind) {
            inflation.begin();
            for (int at = 0; !inflation.finished(); ) {
                at = inflation.inflate(deflated, at, deflated.length, (data, offset, length) -> {});
            }
            return all(inflation.written());
        }
    }

    @Benchmark
    public long deflateByJdk() throws DataFormatException {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(deflated);
            while (!inflater.finished()) {
                int unused = inflater.inflate(block);
            }
            return all(inflater.getBytesWritten());
        }
    }

    @Benchmark
    public long zstd() throws IOException {
        long read = 0;
        try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(zstd))) {
            for (int some = in.read(block); some >= 0; some = in.read(block)) {
                read += some;
            }
        }
        return all(read);
    }

    private static long all(long bytes) {
        if (bytes < StageInput.BYTES) {
            throw new IllegalStateException(bytes + " bytes");
        }
        return bytes;
    }
}
