package dev.wisent.connectors.storageazure;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Microsoft's own emulator of its blob storage, as a child process that keeps all in memory: `npm install -g azurite`.
public final class Azurite implements AutoCloseable {
    /// The key is public: it is the same in every emulator.
    public static final String ACCOUNT = "devstoreaccount1";

    public static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static final String PROGRAM = "azurite-blob";
    private static final Pattern LISTENS = Pattern.compile("successfully listen\\w* (?:at|on) (http://[^ ]+)");

    private final Process process;
    private final String address;

    private Azurite(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /// The program, if it is on the path.
    public static Optional<Path> program() {
        String named = System.getenv().getOrDefault("AZURITE_BIN", "");
        Stream<String> path = Arrays.stream(System.getenv("PATH").split(":"));
        return Stream.concat(Stream.of(named).filter(folder -> !folder.isEmpty()), path)
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Azurite start(Path program, Path folder) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        program.toString(),
                        "--blobPort",
                        "0",
                        "--inMemoryPersistence",
                        "--skipApiVersionCheck",
                        "--disableTelemetry"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.find()) {
                // What it says about requests is thrown away, so that its pipe never fills.
                Thread.startVirtualThread(() -> drain(output));
                return new Azurite(process, listens.group(1));
            }
            said.append(line).append('\n');
        }
        throw new IllegalStateException("Azurite did not start: " + said);
    }

    private static void drain(BufferedReader output) {
        try {
            output.transferTo(Writer.nullWriter());
        } catch (IOException ended) {
            return;
        }
    }

    public String endpoint() {
        return address + "/" + ACCOUNT;
    }

    public void createContainer(String name) {
        new BlobServiceClientBuilder()
                .endpoint(endpoint())
                .credential(new StorageSharedKeyCredential(ACCOUNT, KEY))
                .buildClient()
                .createBlobContainer(name);
    }

    public Map<String, String> options(String key) {
        return Map.of("azure_endpoint", endpoint(), "azure_allow_http", "true", "azure_storage_account_key", key);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
