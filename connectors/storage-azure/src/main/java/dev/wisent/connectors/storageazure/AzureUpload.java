package dev.wisent.connectors.storageazure;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.Upload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Blocks that one list makes a blob of. Putting the same list twice does no harm, so a lost answer needs no care.
final class AzureUpload implements Upload {
    private final BlockBlobClient blob;
    private final AzureFailure failure;
    private final String path;
    /// Keeps the blocks of two uploads to one path apart.
    private final String own = UUID.randomUUID().toString();

    private final ConcurrentNavigableMap<Integer, Integer> lengths = new ConcurrentSkipListMap<>();

    AzureUpload(BlockBlobClient blob, AzureFailure failure, String path) {
        this.blob = blob;
        this.failure = failure;
        this.path = path;
    }

    @Override
    public String path() {
        return path;
    }

    /// All of one length, as Azure wants them.
    private String block(int number) {
        String name = own + "-%05d".formatted(number);
        return Base64.getEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void part(int number, ByteBuffer content) {
        try {
            blob.stageBlockWithResponse(
                    new BlockBlobStageBlockOptions(block(number), BinaryData.fromByteBuffer(content.duplicate())),
                    null,
                    Context.NONE);
            lengths.put(number, content.remaining());
        } catch (RuntimeException e) {
            throw failure.of(e, path);
        }
    }

    @Override
    public ObjectInfo complete() {
        List<String> blocks = lengths.keySet().stream().map(this::block).toList();
        long size = lengths.values().stream().mapToLong(Integer::longValue).sum();
        try {
            return AzureStore.info(path, size, blob.commitBlockList(blocks, true));
        } catch (RuntimeException e) {
            throw failure.of(e, path);
        }
    }

    @Override
    public void close() {
        // Blocks without a list are no object; Azure drops them.
    }
}
