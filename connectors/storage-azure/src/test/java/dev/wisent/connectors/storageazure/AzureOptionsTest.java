package dev.wisent.connectors.storageazure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.StoragePage;
import org.junit.jupiter.api.Test;

class AzureOptionsTest {
    @Test
    void the_page_names_every_option() {
        assertThat(StoragePage.missing(new AzureFactory().options())).isEmpty();
    }
}
