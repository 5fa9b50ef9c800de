package dev.wisent.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.ObjectStoreFactory;
import dev.wisent.connectors.storageazure.AzureFactory;
import dev.wisent.connectors.storageazure.Azurite;
import dev.wisent.connectors.storagegcs.GcsFactory;
import dev.wisent.connectors.storagegcs.GcsServer;
import dev.wisent.connectors.storages3.S3Factory;
import dev.wisent.connectors.storages3.S3Server;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.connector.SourceReading;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Parquet and Avro over the network: footers, row groups and blocks are ranges of one version of an object.
class StoredFormatsTest {
    private static final int ROWS = 60_000;
    private static final Schema ROW =
            AvroFiles.record("{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"v\",\"type\":\"string\"}");

    @TempDir
    private Path folder;

    private byte[] parquet = {};
    private byte[] avro = {};

    @BeforeEach
    void write() {
        Inputs.parquet(
                folder.resolve("rows.parquet"),
                "SELECT range AS id, 'value ' || range AS v FROM range(" + ROWS + ")",
                "ROW_GROUP_SIZE 20480");
        AvroFiles.write(
                folder.resolve("rows.avro"),
                ROW,
                CodecFactory.deflateCodec(1),
                ROWS,
                i -> new GenericRecordBuilder(ROW)
                        .set("id", (long) i)
                        .set("v", "value " + i)
                        .build());
        parquet = Inputs.bytes(folder.resolve("rows.parquet"));
        avro = Inputs.bytes(folder.resolve("rows.avro"));
    }

    private byte[] content(String format) {
        return format.equals("parquet") ? parquet : avro;
    }

    private static List<String> expected() {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> "{\"id\":%d,\"v\":\"value %d\"}".formatted(i, i))
                .toList();
    }

    private static Stores stores() {
        List<ObjectStoreFactory> factories = List.of(new S3Factory(), new GcsFactory(), new AzureFactory());
        return new Stores(
                name -> factories.stream()
                        .filter(factory -> factory.name().equals(name))
                        .findFirst(),
                Map.of());
    }

    private static Source source(String url, Map<String, String> options) {
        return Inputs.source(stores(), Map.of("path", url, "storage_options", options, "commit_within_file", "true"));
    }

    private void bothAreReadFrom(String url, Map<String, String> options) {
        try (ObjectStore store = stores().open(url, options)) {
            store.put("p/rows.parquet", ByteBuffer.wrap(parquet));
            store.put("a/rows.avro", ByteBuffer.wrap(avro));
        }
        for (String pattern : List.of("/p/*.parquet", "/a/*.avro")) {
            try (Source source = source(url + pattern, options)) {
                SourceReading reading = SourceReading.all(source, Inputs.ROWS, SyncMode.INCREMENTAL);

                assertThat(reading.rows().equals(expected())).as(url + pattern).isTrue();
                assertThat(reading.splits().getFirst().rejects()).isEmpty();
            }
        }
    }

    @Test
    void parquet_and_avro_are_read_from_s3() throws Exception {
        try (S3Server server = new S3Server()) {
            server.createBucket("bucket");
            bothAreReadFrom(server.url("bucket/in"), S3Server.credentials());
        }
    }

    @Test
    void parquet_and_avro_are_read_from_google_cloud_storage() throws IOException {
        try (GcsServer server = new GcsServer()) {
            server.createBucket("bucket");
            bothAreReadFrom(
                    "gs://bucket/in",
                    Map.of(
                            "google_endpoint",
                            server.endpoint(),
                            "google_allow_http",
                            "true",
                            "google_skip_signature",
                            "true"));
        }
    }

    @Test
    void parquet_and_avro_are_read_from_azure(@TempDir Path emulator) throws IOException {
        assumeTrue(Azurite.program().isPresent(), "there is no azurite-blob on the path: npm install -g azurite");
        try (Azurite azurite = Azurite.start(Azurite.program().orElseThrow(), emulator)) {
            azurite.createContainer("container");
            bothAreReadFrom(
                    "abfss://container@" + Azurite.ACCOUNT + ".dfs.core.windows.net/in", azurite.options(Azurite.KEY));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "avro"})
    void a_download_that_breaks_again_and_again_gives_each_row_once(String format) throws Exception {
        try (S3Server server = new S3Server();
                FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port())) {
            server.createBucket("bucket");
            try (ObjectStore store = stores().open(server.url("bucket/in"), S3Server.credentials())) {
                store.put("rows." + format, ByteBuffer.wrap(content(format)));
            }
            Map<String, String> options = new HashMap<>(S3Server.credentials());
            options.put("timeout", "5");
            proxy.set(Direction.TO_CLIENT, new Fault.EndAfter(content(format).length / 4, Ending.RESET));
            try (Source source = source("s3::http://127.0.0.1:" + proxy.port() + "/bucket/in/*." + format, options)) {
                SourceReading reading = SourceReading.all(source, Inputs.ROWS, SyncMode.INCREMENTAL);

                assertThat(reading.splits().getFirst().rejects()).isEmpty();
                assertThat(reading.rows().equals(expected())).isTrue();
            }
            assertThat(proxy.connections()).isGreaterThanOrEqualTo(3);
        }
    }

    /// What was rejected in a store is kept with its raw bytes, so a replay reads the rejects and not the store.
    @Test
    void rejects_of_an_object_are_replayed_into_the_target() throws Exception {
        try (S3Server server = new S3Server()) {
            server.createBucket("bucket");
            String lines = "{\"id\":1}\n{\"id\":\"two\"}\n{\"id\":3}\n";
            try (ObjectStore store = stores().open(server.url("bucket"), S3Server.credentials())) {
                store.put("in/rows.ndjson", ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)));
            }
            pipeline(server, "int64");
            assertThat(ChildCommand.run(folder, "pipeline.yml")
                            .result()
                            .exits(0)
                            .count("rejected"))
                    .isEqualTo(1);
            assertThat(rows(server)).containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":3}");

            pipeline(server, "string");
            new ChildCommand(
                            folder,
                            List.of("rejects", "replay", "pipeline.yml", "--json"),
                            List.of(),
                            OptionalLong.empty())
                    .result()
                    .exits(0);

            assertThat(rows(server)).hasSize(3).anyMatch(row -> row.contains("two"));
        }
    }

    private void pipeline(S3Server server, String type) throws IOException {
        String options = "{aws_access_key_id: \"%s\", aws_secret_access_key: \"%s\"}"
                .formatted(S3Server.KEY_ID, S3Server.SECRET);
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: rows
                source: {name: files, stream: rows, path: "%s", storage_options: %s, schema: {fields: [{name: id, type: %s}]}}
                destination: {name: file, config: {path: "%s", storage_options: %s}}
                """.formatted(
                        server.url("bucket/in/*.ndjson"), options, type, server.url("bucket/out/"), options));
    }

    private static List<String> rows(S3Server server) {
        try (ObjectStore store = stores().open(server.url("bucket/out"), S3Server.credentials())) {
            return store.list(ListRequest.of("")).objects().stream()
                    .filter(object -> !object.path().startsWith(".wisent"))
                    .flatMap(object -> lines(store, object.path()))
                    .toList();
        }
    }

    private static Stream<String> lines(ObjectStore store, String path) {
        try (var content = store.get(GetRequest.of(path))) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
