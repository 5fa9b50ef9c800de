package dev.wisent.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectStores.Places;
import dev.wisent.api.storage.StoreLocation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    s3://b/k/l                                       | s3    | b   | k/l | -    | -                             | -         | s3://b/k/l
                    s3a://b/                                         | s3    | b   | ''  | -    | -                             | -         | s3://b
                    s3://b                                           | s3    | b   | ''  | -    | -                             | -         | s3://b
                    s3::http://h:9000/b/k/                           | s3    | b   | k   | -    | http://h:9000                 | -         | s3::http://h:9000/b/k
                    s3a::https://minio.local/b                       | s3    | b   | ''  | -    | https://minio.local           | -         | s3::https://minio.local/b
                    https://s3.eu-west-1.amazonaws.com/b/k           | s3    | b   | k   | -    | -                             | eu-west-1 | s3://b/k
                    https://b.s3.eu-west-1.amazonaws.com/k           | s3    | b   | k   | -    | -                             | eu-west-1 | s3://b/k
                    https://my.b.s3.us-east-1.amazonaws.com/k        | s3    | my.b| k   | -    | -                             | us-east-1 | s3://my.b/k
                    gs://b/k                                         | gcs   | b   | k   | -    | -                             | -         | gs://b/k
                    https://storage.googleapis.com/b/k               | gcs   | b   | k   | -    | -                             | -         | gs://b/k
                    https://b.storage.googleapis.com/k               | gcs   | b   | k   | -    | -                             | -         | gs://b/k
                    abfss://c@acc.dfs.core.windows.net/k             | azure | c   | k   | acc  | -                             | -         | abfss://c@acc.dfs.core.windows.net/k
                    abfs://c@acc.blob.core.windows.net               | azure | c   | ''  | acc  | -                             | -         | abfss://c@acc.dfs.core.windows.net
                    https://acc.blob.core.windows.net/c/k            | azure | c   | k   | acc  | -                             | -         | abfss://c@acc.dfs.core.windows.net/k
                    https://acc.dfs.core.usgovcloudapi.net/c/k       | azure | c   | k   | acc  | https://acc.blob.core.usgovcloudapi.net | - | abfss://c@acc.dfs.core.usgovcloudapi.net/k
                    abfss://c/k                                      | azure | c   | k   | -    | -                             | -         | abfss://c/k
                    s3://b/a b/100%25+x/ü                            | s3    | b   | a b/100%25+x/ü | - | -                     | -         | s3://b/a b/100%25+x/ü
                    """)
    void a_url_names_a_place(
            String url,
            String store,
            String bucket,
            String prefix,
            String account,
            String endpoint,
            String region,
            String shown) {
        StoreLocation location = StoreUrls.parse(url);

        assertThat(location.store()).isEqualTo(store);
        assertThat(location.bucket()).isEqualTo(bucket);
        assertThat(location.prefix()).isEqualTo(prefix);
        assertThat(location.account().orElse(null)).isEqualTo(account);
        assertThat(location.endpoint().orElse(null)).isEqualTo(endpoint);
        assertThat(location.region().orElse(null)).isEqualTo(region);
        assertThat(location.url()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/data/in", "file:///data/in", "file:/data/in", "file://localhost/data/in", "/data/./x/../in/"})
    void a_path_is_a_place_on_this_machine(String url) {
        assertThat(StoreUrls.parse(url).store()).isEqualTo("local");
        assertThat(StoreUrls.parse(url).prefix()).isEqualTo("/data/in");
    }

    @Test
    void relative_paths_start_at_the_working_folder() {
        assertThat(StoreUrls.parse("out").prefix())
                .isEqualTo(Path.of("out").toAbsolutePath().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://host/x",
                "x://host/x",
                "s3:/b/k",
                "s3://",
                "s3://user:password@b/k",
                "s3::http://user:password@h/b/k",
                "https://example.com/b/k",
                "file://host/x",
                "gs:b",
                "https://acc.blob.core.windows.net/c/k?sig=password"
            })
    void other_forms_are_refused_without_showing_a_password(String url) {
        WisentException refused = catchThrowableOfType(WisentException.class, () -> StoreUrls.parse(url));

        assertThat(refused.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        assertThat(refused.what() + refused.hint() + refused.where()).doesNotContain("password");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://b/events/**/*.ndjson.zst, s3://b/events, **/*.ndjson.zst",
        "s3://b/*.csv, s3://b, *.csv",
        "s3://b/events/day={1}/x, s3://b/events, day={1}/x",
        "/data/in/*.csv, /data/in, *.csv",
        "/*.csv, /, *.csv",
        "*.csv, ., *.csv",
        "gs://b/plain/file.csv, gs://b/plain/file.csv, ''"
    })
    void a_pattern_is_split_before_its_first_wildcard(String url, String root, String rest) {
        assertThat(Stores.local().split(url)).isEqualTo(new Places(root, rest));
    }
}
