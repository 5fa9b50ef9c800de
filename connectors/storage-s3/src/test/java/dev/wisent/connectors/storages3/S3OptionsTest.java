package dev.wisent.connectors.storages3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.StoragePage;
import org.junit.jupiter.api.Test;

class S3OptionsTest {
    @Test
    void the_page_names_every_option() {
        assertThat(StoragePage.missing(new S3Factory().options())).isEmpty();
    }
}
