package dev.wisent.bench;

import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.parquet.Compression;
import dev.wisent.columnar.parquet.ParquetEncoder;
import dev.wisent.columnar.parquet.ParquetOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The Parquet encoder over the columns of [StageInput#BYTES] of events: a whole file each time, written nowhere.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncoderBenchmark {
    @Param({"NONE", "SNAPPY", "LZ4_RAW", "ZSTD"})
    public Compression codec;

    private List<RecordBatch> batches;

    /// For JMH.
    public EncoderBenchmark() {
        codec = Compression.NONE;
        batches = List.of();
    }

    @Setup
    public void prepare() {
        batches = StageInput.of(LakeData.Kind.EVENTS).batches();
    }

    /// @return the bytes of the file
    @Benchmark
    public long encode() {
        ParquetEncoder encoder = new ParquetEncoder(StageInput.schema(), ParquetOptions.DEFAULT.withCompression(codec));
        try {
            for (RecordBatch batch : batches) {
                encoder.encode(batch, 0, batch.rows(), (data, from, length) -> {});
            }
            return encoder.finish((data, from, length) -> {}).bytes();
        } finally {
            encoder.close();
        }
    }
}
