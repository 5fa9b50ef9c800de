package dev.wisent.connectors.core.file;

import dev.wisent.api.StreamId;
import dev.wisent.api.commit.CommitJson;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Whose folder it is: one stream of one pipeline, the first that came.
record Owner(String pipeline, StreamId stream) {
    private static final String NAME = "owner";

    /// Who owns the folder; empty: nobody yet.
    static Optional<Owner> read(Bookkeeping bookkeeping) throws IOException {
        Optional<byte[]> content = bookkeeping.read(NAME);
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
    void claim(Place place) throws IOException {
        Optional<Owner> owner = read(place.bookkeeping());
        if (owner.isEmpty()) {
            refuseForeignFiles(place);
            String content = JsonNodeFactory.instance
                            .objectNode()
                            .put("format", CommitJson.FORMAT)
                            .put("pipeline", pipeline)
                            .put("stream", stream.name())
                    + "\n";
            Bookkeeping.Prepared prepared = place.bookkeeping().prepare(0, content.getBytes(StandardCharsets.UTF_8));
            try {
                prepared.name(NAME);
            } finally {
                prepared.done();
            }
            owner = read(place.bookkeeping());
        }
        refuseUnlessMine(place, owner);
    }

    /// Refuses a folder that another pipeline or stream has.
    void refuseUnlessMine(Place place, Optional<Owner> owner) {
        if (owner.isPresent() && !owner.get().equals(this)) {
            Owner other = owner.get();
            throw WisentException.of(
                            ErrorCode.DESTINATION_FOREIGN,
                            "stream '" + other.stream + "' of pipeline '" + other.pipeline + "' is kept here")
                    .where(place.where())
                    .hint("give each stream of each pipeline a path of its own");
        }
    }

    /// A folder with such files already would read as if they were ours; a file that is there would be overwritten.
    static void refuseForeignFiles(Place place) throws IOException {
        Optional<String> found = place.foreignFile();
        if (found.isPresent()) {
            throw WisentException.of(
                            ErrorCode.DESTINATION_FOREIGN, "there are files here that no run of this pipeline wrote")
                    .where(found.get())
                    .hint("choose an empty folder or a new file, or move them away");
        }
    }
}
