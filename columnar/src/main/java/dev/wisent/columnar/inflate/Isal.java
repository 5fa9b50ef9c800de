package dev.wisent.columnar.inflate;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;

/// Intel's ISA-L as the system has it: `libisal.so.2`, of Debian's package `libisal2`. Looked for once, at the first use;
/// `WISENT_ISAL` names another file, or says `off`.
///
/// The state of its `isal_inflate` is a structure whose inner fields move between versions. The offsets here are those of
/// `struct inflate_state` in igzip_lib.h 2.30 (https://github.com/intel/isa-l/blob/v2.30.0/include/igzip_lib.h, printed by a C
/// program with `offsetof`). A file that is neither 2.30 nor 2.31 is not called at all, and one of these only after it inflated
/// a known stream to the byte.
public final class Isal {
    /// What was found when ISA-L was looked for.
    ///
    /// @param text for people
    public record Found(Optional<Isal> library, String text) {}

    static final int IN_BYTES = 128 << 10;
    static final int OUT_BYTES = 256 << 10;

    static final long NEXT_OUT = 0;
    static final long AVAIL_OUT = 8;
    static final long NEXT_IN = 16;
    static final long READ_IN = 24;
    static final long AVAIL_IN = 32;
    static final long READ_IN_LENGTH = 36;
    static final long BLOCK_STATE = 21_160;
    static final int FINISH = 5;
    static final int OK = 0;
    /// The structure has 87,368 bytes in 2.30; one that has more is no danger.
    private static final long STATE_BYTES = 256 << 10;

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong POINTER = ValueLayout.JAVA_LONG;

    /// Odd, so that blocks and symbols are cut anywhere.
    private static final int SMALL_PIECE = 1_009;

    private static final String SETTING = "WISENT_ISAL";
    private static final String OFF = "off";
    private static final List<String> VERSIONS = List.of("libisal.so.2.0.30", "libisal.so.2.0.31");
    private static final List<String> PLACES = List.of(
            "/usr/lib/x86_64-linux-gnu/libisal.so.2",
            "/usr/lib/aarch64-linux-gnu/libisal.so.2",
            "/usr/lib64/libisal.so.2",
            "/usr/lib/libisal.so.2",
            "/usr/local/lib/libisal.so.2");
    private static final Map<Integer, String> TEXTS =
            Map.of(-1, "invalid block", -2, "invalid symbol", -3, "invalid distance", 6, "it needs a dictionary");

    private final Path file;
    private final MethodHandle init;
    private final MethodHandle inflate;
    /// As many as were ever needed at the same time.
    private final Queue<Memory> free = new ConcurrentLinkedQueue<>();

    /// Where one stream is inflated.
    record Memory(MemorySegment state, MemorySegment in, MemorySegment out) {}

    private Isal(Path file, MethodHandle init, MethodHandle inflate) {
        this.file = file;
        this.init = init;
        this.inflate = inflate;
    }

    private static final class Standard {
        static final Found FOUND = find(Optional.ofNullable(System.getenv(SETTING)));
    }

    /// The library, if there is one that may be used.
    public static Optional<Isal> library() {
        return Standard.FOUND.library();
    }

    /// Which library unpacks gzip, and if it is not ISA-L, why.
    public static String described() {
        return Standard.FOUND.text();
    }

    static Found find(Optional<String> setting) {
        if (setting.filter(OFF::equals).isPresent()) {
            return new Found(Optional.empty(), "in Java: ISA-L is switched off by " + SETTING);
        }
        Optional<String> file = setting.filter(text -> !text.isEmpty())
                .or(() -> PLACES.stream()
                        .filter(place -> Files.exists(Path.of(place)))
                        .findFirst());
        return file.map(name -> at(Path.of(name)))
                .orElseGet(() -> new Found(
                        Optional.empty(),
                        "in Java; with ISA-L installed (Debian: apt-get install libisal2) it takes less CPU"));
    }

    /// The library in a file.
    static Found at(Path file) {
        try {
            Path real = file.toRealPath();
            if (!VERSIONS.contains(real.getFileName().toString())) {
                return refused(real, "its version is unknown, known are " + String.join(" and ", VERSIONS));
            }
            if (!ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN)
                    || !System.getProperty("os.name", "")
                            .toLowerCase(Locale.ROOT)
                            .contains("linux")) {
                return refused(real, "this system is another one than it was tried on");
            }
            Isal library = linked(real);
            return library.proves()
                    ? new Found(Optional.of(library), "by ISA-L, " + real)
                    : refused(real, "it does not inflate a known stream to what it was made of");
        } catch (IOException | IllegalArgumentException | IllegalStateException | IllegalCallerException e) {
            return refused(file, String.valueOf(e));
        }
    }

    private static Found refused(Path file, String why) {
        return new Found(Optional.empty(), "in Java; " + file + " is not used: " + why);
    }

    @SuppressWarnings("restricted") // the launcher enables native access
    private static Isal linked(Path file) {
        SymbolLookup symbols = SymbolLookup.libraryLookup(file, Arena.global());
        Linker linker = Linker.nativeLinker();
        return new Isal(
                file,
                linker.downcallHandle(
                        symbols.findOrThrow("isal_inflate_init"), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS)),
                linker.downcallHandle(
                        symbols.findOrThrow("isal_inflate"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS)));
    }

    /// Inflates two blocks of known content, in pieces, with something behind their end.
    private boolean proves() {
        byte[] plain = "ISA-L inflates what it was made of; 0123456789 \n"
                .repeat(10_000)
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < plain.length; i += 7) {
            plain[i] = (byte) (i * 31L >>> 3);
        }
        byte[] behind = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(plain);
        deflater.finish();
        byte[] packed = new byte[plain.length + OUT_BYTES];
        int length = deflater.deflate(packed);
        deflater.end();
        System.arraycopy(behind, 0, packed, length, behind.length);
        try (IsalInflation inflation = new IsalInflation(this)) {
            return shows(inflation, packed, length, behind, plain, SMALL_PIECE)
                    && shows(inflation, packed, length, behind, plain, IN_BYTES);
        } catch (DataFormatException e) {
            return false;
        }
    }

    private static boolean shows(
            IsalInflation inflation, byte[] packed, int length, byte[] behind, byte[] plain, int pieces)
            throws DataFormatException {
        byte[] got = new byte[plain.length + OUT_BYTES];
        int[] count = {0};
        inflation.begin();
        int at = 0;
        int all = length + behind.length;
        while (at < all && !inflation.finished()) {
            int piece = Math.min(pieces, all - at);
            int next = inflation.inflate(packed, at, at + piece, (data, offset, bytes) -> {
                System.arraycopy(data, offset, got, Math.min(count[0], plain.length), Math.min(bytes, OUT_BYTES));
                count[0] += bytes;
            });
            if (!inflation.finished() && next != at + piece) {
                return false;
            }
            at = next;
        }
        byte[] taken = inflation.taken();
        return inflation.finished()
                && count[0] == plain.length
                && Arrays.equals(got, 0, plain.length, plain, 0, plain.length)
                && at - taken.length == length
                && Arrays.equals(taken, Arrays.copyOf(behind, taken.length));
    }

    Memory borrow() {
        Memory there = free.poll();
        if (there != null) {
            return there;
        }
        Arena forEver = Arena.global();
        MemoryLayout state =
                MemoryLayout.sequenceLayout(STATE_BYTES, ValueLayout.JAVA_BYTE).withByteAlignment(64);
        return new Memory(forEver.allocate(state), forEver.allocate(IN_BYTES, 64), forEver.allocate(OUT_BYTES, 64));
    }

    void giveBack(Memory memory) {
        free.add(memory);
    }

    void init(MemorySegment state) {
        try {
            init.invokeExact(state);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    int inflate(MemorySegment state) {
        try {
            return (int) inflate.invokeExact(state);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(int answer) {
        return TEXTS.getOrDefault(answer, "answer " + answer);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
