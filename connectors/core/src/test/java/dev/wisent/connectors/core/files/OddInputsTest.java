package dev.wisent.connectors.core.files;

import static dev.wisent.connectors.core.files.Inputs.cut;
import static dev.wisent.connectors.core.files.Inputs.flip;
import static dev.wisent.connectors.core.files.Inputs.gzip;
import static dev.wisent.connectors.core.files.Inputs.join;
import static dev.wisent.connectors.core.files.Inputs.utf8;
import static dev.wisent.connectors.core.files.Inputs.zstd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Reject;
import dev.wisent.api.SyncMode;
import dev.wisent.connectors.core.Read;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One line of the table in `docs/reference/connectors/files.md` each.
class OddInputsTest {
    private static final String A = "{\"id\":1,\"v\":\"a\"}";
    private static final String B = "{\"id\":2,\"v\":\"b\"}";
    private static final String AB = A + "\n" + B + "\n";

    @TempDir
    Path folder;

    /// @param rows how many rows come
    /// @param outcome `ok`, the code of a reject, or the stage of a file that is left out whole
    record Odd(String name, byte[] content, Map<String, ?> keys, int rows, String outcome, String says) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Odd> odd() throws Exception {
        byte[] ab = gzip(AB);
        return Stream.of(
                fine("plain", utf8(AB), 2),
                fine("gzip", ab, 2),
                fine("zstd", zstd(AB), 2),
                fine("an empty file", new byte[0], 0),
                fine("gzip of nothing", gzip(""), 0),
                fine("zstd of nothing", zstd(""), 0),
                fine("two gzip members", join(gzip(A + "\n"), gzip(B)), 2),
                fine(
                        "a record across two gzip members",
                        join(gzip(A + "\n" + B.substring(0, 5)), gzip(B.substring(5))),
                        2),
                fine("an empty gzip member between", join(gzip(A + "\n"), gzip(""), gzip(B)), 2),
                fine("a gzip header with name, comment, extra and checksum", headed(ab), 2),
                fine("zeros behind the last gzip member", join(ab, new byte[512]), 2),
                fine("two zstd frames", join(zstd(A + "\n"), zstd(B)), 2),
                fine("a skippable zstd frame first", join(skippable(), zstd(AB)), 2),
                broken("gzip cut in the data", cut(ab, 12), "in the middle of gzip member 1"),
                broken("gzip cut in the trailer", cut(ab, 3), "in the middle of gzip member 1"),
                broken("gzip cut in the header", java.util.Arrays.copyOf(ab, 5), "in the middle of gzip member 1"),
                broken("the second gzip member is cut", join(ab, cut(ab, 9)), "in the middle of gzip member 2"),
                broken("gzip with a wrong checksum", flip(ab, 6), "checksum of member 1 is wrong"),
                broken("gzip with a wrong length", flip(ab, 2), "length of member 1 is wrong"),
                broken("gzip with damaged data", flip(ab, 20), "member 1"),
                broken("garbage behind the last gzip member", join(ab, utf8("garbage")), "behind the last gzip member"),
                broken("garbage behind the zeros", join(ab, new byte[9], utf8("x")), "behind the last gzip member"),
                broken("zstd cut", cut(zstd(AB), 4), "in the middle of a zstd frame"),
                broken("garbage behind a zstd frame", join(zstd(AB), utf8("garbage!")), "zstd data is damaged"),
                broken("zstd with damaged data", flip(zstd(AB.repeat(50)), 12), "zstd"),
                new Odd(
                        "not gzip, though told so",
                        utf8(AB),
                        Map.of("compression", "gzip"),
                        0,
                        "DECOMPRESS",
                        "not gzip"),
                new Odd("not zstd, though told so", utf8(AB), Map.of("compression", "zstd"), 0, "DECOMPRESS", "zstd"),
                rejected("raw deflate", deflated(true), 0, "W2001"),
                rejected("zlib", deflated(false), 0, "W2001"),
                new Odd(
                        "gzip taken for what it is not, when told so",
                        ab,
                        Map.of("compression", "none"),
                        0,
                        "W2001",
                        ""),
                fine("no line end at the end", utf8(A + "\n" + B), 2),
                fine("CRLF", utf8(A + "\r\n" + B + "\r\n"), 2),
                rejected("CR alone between records", utf8(A + "\r" + B), 0, "W2001"),
                csv("csv with CR alone", "id,v\r1,a\r2,b\r", 2, "ok"),
                fine("blank lines", utf8("\n" + A + "\n\n  \n" + B + "\n\n"), 2),
                fine("a byte order mark", join(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, utf8(AB)), 2),
                rejected("a line that is no JSON", utf8(A + "\nnope\n" + B), 2, "W2001"),
                rejected("a record cut at the end", utf8(A + "\n" + B.substring(0, 9)), 1, "W2001"),
                rejected(
                        "invalid UTF-8",
                        join(utf8(A + "\n{\"id\":3,\"v\":\""), new byte[] {(byte) 0xC3, '('}, utf8("\"}\n" + B)),
                        2,
                        "W2001"),
                rejected("zero bytes between records", join(utf8(A + "\n"), new byte[7], utf8("\n" + B)), 2, "W2001"),
                rejected("an array instead of an object", utf8(A + "\n[1,2]\n" + B), 2, "W2003"),
                rejected("a value of another type", utf8(A + "\n{\"id\":\"x\"}\n" + B), 2, "W2003"),
                rejected("a required value that is missing", utf8(A + "\n{\"v\":\"x\"}\n" + B), 2, "W2004"),
                rejected(
                        "a number too large for its column",
                        utf8(A + "\n{\"id\":92233720368547758070}\n" + B),
                        2,
                        "W2003"),
                csv("csv", "id,v\n1,a\n2,\"b\nb\"\n", 2, "ok"),
                csv("csv with nothing but a header", "id,v\n", 0, "ok"),
                csv("an empty csv", "", 0, "ok"),
                csv("csv with a quote that does not end", "id,v\n1,a\n2,\"b\n", 1, "W2001"),
                csv("csv with a cell too many", "id,v\n1,a\n2,b,c\n3,d\n", 2, "W2001"),
                csv("csv with CRLF and quoted quotes", "id,v\r\n1,\"a\"\"a\"\r\n", 1, "ok"));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void has_its_documented_outcome(Odd odd) {
        Inputs.write(folder.resolve("input.bin"), odd.content);
        Map<String, Object> keys = new HashMap<>(odd.keys);
        keys.put("schema", Inputs.SCHEMA);

        Read read = Read.all(Inputs.source(folder, "*.bin", keys), SyncMode.INCREMENTAL);

        assertThat(read.rows).hasSize(odd.rows);
        switch (odd.outcome) {
            case "ok" -> {
                assertThat(read.failures).isEmpty();
                assertThat(read.rejects).isEmpty();
            }
            case "DECOMPRESS" -> {
                assertThat(read.failures).singleElement().satisfies(failure -> {
                    assertThat(failure.stage()).isEqualTo(Reject.Stage.DECOMPRESS);
                    assertThat(failure.what()).contains(odd.says);
                    assertThat(failure.where()).endsWith("input.bin");
                });
            }
            default -> {
                assertThat(read.failures).isEmpty();
                assertThat(read.rejects).isNotEmpty().allSatisfy(reject -> {
                    assertThat(reject.code()).isEqualTo(odd.outcome);
                    assertThat(reject.where()).endsWith("input.bin");
                    assertThat(reject.records()).isEqualTo(1);
                });
            }
        }
    }

    @Test
    void a_bad_record_is_kept_with_its_bytes_line_and_offset_in_what_was_unpacked() {
        Inputs.write(folder.resolve("a.gz"), join(gzip(A + "\n"), gzip("nope\n" + B)));

        Read read = Read.all(Inputs.source(folder, "*.gz", Map.of("schema", Inputs.SCHEMA)), SyncMode.INCREMENTAL);

        assertThat(read.rejects).singleElement().satisfies(reject -> {
            assertThat(new String(reject.raw(), StandardCharsets.UTF_8)).isEqualTo("nope");
            assertThat(reject.line()).hasValue(2);
            assertThat(reject.byteOffset()).hasValue(A.length() + 1);
            assertThat(reject.ordinal()).isEqualTo(1);
        });
    }

    @Test
    void a_gigabyte_in_one_line_takes_no_gigabyte_of_memory() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (var out = new com.github.luben.zstd.ZstdOutputStream(bomb)) {
            byte[] block = new byte[1 << 20];
            java.util.Arrays.fill(block, (byte) 'x');
            out.write(utf8(A + "\n{\"id\":2,\"v\":\""));
            for (int i = 0; i < 1_024; i++) {
                out.write(block);
            }
            out.write(utf8("\"}\n" + B + "\n"));
        }
        Inputs.write(folder.resolve("bomb.zst"), bomb.toByteArray());
        Map<String, ?> keys = Map.of("schema", Inputs.SCHEMA);
        MemoryPoolMXBean old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().matches(".*(Tenured|Old).*"))
                .findFirst()
                .orElseThrow();
        old.resetPeakUsage();
        long before = old.getPeakUsage().getUsed();

        Read read = Read.all(Inputs.source(folder, "*.zst", keys, 8 << 20), SyncMode.INCREMENTAL);

        assertThat(old.getPeakUsage().getUsed() - before).isLessThan(64 << 20);

        assertThat(read.rows).hasSize(2);
        assertThat(read.rejects).singleElement().satisfies(reject -> {
            assertThat(reject.code()).isEqualTo("W2002");
            assertThat(reject.rawBytes()).isGreaterThan(1L << 30);
            assertThat(reject.raw().length).isLessThanOrEqualTo(64 << 10);
        });
    }

    private static Odd fine(String name, byte[] content, int rows) {
        return new Odd(name, content, Map.of(), rows, "ok", "");
    }

    private static Odd broken(String name, byte[] content, String says) {
        return new Odd(name, content, Map.of(), 0, "DECOMPRESS", says);
    }

    private static Odd rejected(String name, byte[] content, int rows, String code) {
        return new Odd(name, content, Map.of(), rows, code, "");
    }

    private static Odd csv(String name, String content, int rows, String outcome) {
        return new Odd(name, utf8(content), Map.of("format", "csv"), rows, outcome, "");
    }

    private static byte[] deflated(boolean raw) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(packed, new Deflater(9, raw))) {
            out.write(utf8(AB));
        }
        return packed.toByteArray();
    }

    private static byte[] skippable() {
        return new byte[] {0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 9, 9, 9};
    }

    /// The same member with every optional part of the header (RFC 1952 section 2.3).
    private static byte[] headed(byte[] member) {
        byte[] header = {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0};
        byte[] extra = {4, 0, 'A', 'B', 0, 0};
        byte[] deflated = java.util.Arrays.copyOfRange(member, 10, member.length);
        return join(header, extra, utf8("name\0comment\0"), new byte[] {1, 2}, deflated);
    }
}
