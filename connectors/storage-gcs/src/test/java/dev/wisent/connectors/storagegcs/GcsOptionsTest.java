package dev.wisent.connectors.storagegcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.StoragePage;
import org.junit.jupiter.api.Test;

class GcsOptionsTest {
    @Test
    void the_page_names_every_option() {
        assertThat(StoragePage.missing(new GcsFactory().options())).isEmpty();
    }
}
