package dev.wisent.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShellTest {
    @Test
    void only_temporary_folders_are_deleted() throws IOException {
        Path temporary = Files.writeString(Shell.temporary().resolve("file"), "");
        Path kept = Files.createDirectories(Path.of("target", "kept"));

        Shell.delete(temporary.getParent());
        assertThatThrownBy(() -> Shell.delete(kept)).isInstanceOf(IllegalArgumentException.class);

        assertThat(temporary.getParent()).doesNotExist();
        assertThat(kept).exists();
    }
}
