package dev.wisent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
    /// Around a block, around what is kept, around a buffer, and two of them with a tail.
    private static final int[] LENGTHS = {
        0, 1, 4, 4095, 4096, 4097, 61_440, 65_535, 65_536, 65_537, 69_631, 1 << 20, (1 << 20) + 1, (2 << 20) + 4095
    };

    @TempDir
    Path folder;

    @Test
    void what_is_written_in_any_pieces_is_what_is_there() throws IOException {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        for (int run = 0; run < 60; run++) {
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            Path file = folder.resolve("file-" + run);
            try (NewFile written = NewFile.create(file)) {
                for (int pieces = random.nextInt(7); pieces > 0; pieces--) {
                    byte[] piece = piece(random);
                    byte[] given = Arrays.copyOf(piece, piece.length + 10);
                    written.write(given, piece.length);
                    Arrays.fill(given, (byte) 0); // it can be used again at once
                    expected.writeBytes(piece);
                }
                written.finish();
            }
            assertThat(Files.readAllBytes(file))
                    .as("seed %d, run %d", seed, run)
                    .isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void a_file_system_that_refuses_such_writes_gets_the_same_through_the_cache() throws IOException {
        Random random = new Random(1);
        byte[] content = new byte[(3 << 20) + 17];
        random.nextBytes(content);
        Path file = folder.resolve("file");
        FileChannel refusing = refusing();
        try (FileChannel cached = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                DirectWrites blocks = new DirectWrites(cached, Optional.of(refusing))) {
            ByteBuffer rest = ByteBuffer.wrap(content);

            long written = blocks.blocks(0, ByteBuffer.allocate(0), rest);

            assertThat(written).isEqualTo(3 << 20);
            assertThat(rest.remaining()).isEqualTo(17);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(Arrays.copyOf(content, 3 << 20));
        assertThat(refusing.isOpen()).isFalse();
    }

    @Test
    void a_file_that_is_there_is_not_written_over() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        assertThatThrownBy(() -> NewFile.create(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    /// Each write to it fails with an [IOException].
    private FileChannel refusing() throws IOException {
        Path full = Path.of("/dev/full");
        if (Files.exists(full)) {
            return FileChannel.open(full, StandardOpenOption.WRITE);
        }
        FileChannel closed =
                FileChannel.open(folder.resolve("other"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        closed.close();
        return closed;
    }

    private static byte[] piece(Random random) {
        byte[] piece = new byte[LENGTHS[random.nextInt(LENGTHS.length)]];
        random.nextBytes(piece);
        return piece;
    }
}
