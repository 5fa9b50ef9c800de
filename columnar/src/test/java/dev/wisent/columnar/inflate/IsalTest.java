package dev.wisent.columnar.inflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsalTest {
    @Test
    void where_it_is_installed_it_is_used_and_named() {
        assumeTrue(Isal.library().isPresent(), "ISA-L is not used: " + Isal.described());

        assertThat(Isal.described()).startsWith("by ISA-L, /").contains("libisal.so.2.0.");
        try (Inflation fastest = Inflation.fastest()) {
            assertThat(fastest).isInstanceOf(IsalInflation.class);
        }
    }

    @Test
    void a_file_of_an_unknown_version_is_not_called(@TempDir Path folder) throws IOException {
        Path other = Files.write(folder.resolve("libisal.so.2.0.99"), new byte[] {1});

        Isal.Found found = Isal.at(other);

        assertThat(found.library()).isEmpty();
        assertThat(found.text()).contains("libisal.so.2.0.99 is not used: its version is unknown");
    }

    @Test
    void a_file_that_is_no_library_is_left_aside(@TempDir Path folder) throws IOException {
        Path broken = Files.write(folder.resolve("libisal.so.2.0.30"), new byte[] {1});

        assertThat(Isal.at(broken).library()).isEmpty();
        assertThat(Isal.at(folder.resolve("nowhere")).library()).isEmpty();
    }

    @Test
    void it_can_be_switched_off() {
        assertThat(Isal.find(Optional.of("off")))
                .isEqualTo(new Isal.Found(Optional.empty(), "in Java: ISA-L is switched off by WISENT_ISAL"));
    }
}
