package dev.wisent.connectors.core.file;

import dev.wisent.api.StreamId;
import dev.wisent.api.commit.CommitJson;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Whose folder it is: one stream of one pipeline, the first that came.
record Owner(String pipeline, StreamId stream) {
    private static final String NAME = "owner";

    /// Who owns the folder; empty: nobody yet.
    static Optional<Owner> read(Path bookkeeping) throws IOException {
        Optional<byte[]> content;
        try {
            content = CreateIfAbsent.read(bookkeeping, NAME);
        } catch (NotDirectoryException e) {
            return Optional.empty();
        }
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode node = JsonMapper.shared().readTree(content.get());
            CommitJson.checkFormat(node);
            return Optional.of(new Owner(
                    node.path("pipeline").stringValue(),
                    new StreamId(node.path("stream").stringValue())));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new ManifestLog(bookkeeping).damaged(NAME, e);
        }
    }

    /// Makes this the owner of a folder nobody has, or proves that it is.
    void claim(Layout layout, CreateIfAbsent create) throws IOException {
        Optional<Owner> owner = read(layout.bookkeeping());
        if (owner.isEmpty()) {
            refuseForeignFiles(layout);
            String content = JsonNodeFactory.instance
                            .objectNode()
                            .put("format", CommitJson.FORMAT)
                            .put("pipeline", pipeline)
                            .put("stream", stream.name())
                    + "\n";
            create.create(NAME, content.getBytes(StandardCharsets.UTF_8));
            owner = read(layout.bookkeeping());
        }
        refuseUnlessMine(layout, owner);
    }

    /// Refuses a folder that another pipeline or stream has.
    void refuseUnlessMine(Layout layout, Optional<Owner> owner) {
        if (owner.isPresent() && !owner.get().equals(this)) {
            Owner other = owner.get();
            throw WisentException.of(
                            ErrorCode.DESTINATION_FOREIGN,
                            "stream '" + other.stream + "' of pipeline '" + other.pipeline + "' is kept here")
                    .where(layout.path().toString())
                    .hint("give each stream of each pipeline a path of its own");
        }
    }

    /// A folder with such files already would read as if they were ours; a file that is there would be overwritten.
    static void refuseForeignFiles(Layout layout) throws IOException {
        Path found = switch (layout) {
            case Layout.OneFile file ->
                Files.exists(file.path()) && Files.size(file.path()) > 0 ? file.path() : Path.of("");
            case Layout.Folder folder -> firstPart(folder.path());
        };
        if (!found.toString().isEmpty()) {
            throw WisentException.of(
                            ErrorCode.DESTINATION_FOREIGN, "there are files here that no run of this pipeline wrote")
                    .where(found.toString())
                    .hint("choose an empty folder or a new file, or move them away");
        }
    }

    private static Path firstPart(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*.{ndjson,csv,parquet}")) {
                for (Path part : parts) {
                    return part;
                }
            }
        }
        return Path.of("");
    }
}
