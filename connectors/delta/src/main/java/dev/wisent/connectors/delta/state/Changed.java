package dev.wisent.connectors.delta.state;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// One commit as it is stored, with the way back: the base before it, and the digests of the commits since that base.
///
/// @param since of the commits after the base and before this one, in order
/// @param swept the claim below which nothing is left behind, if its holder has seen to it since the commit before
public record Changed(Commit commit, Optional<BaseName> base, List<Digest> since, OptionalLong swept) {
    /// A base object: everything up to commit `n`.
    public record BaseName(long n, Digest digest) {}

    public Changed {
        since = List.copyOf(since);
    }

    public byte[] bytes() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        base.ifPresent(name -> node.putObject("base")
                .put("n", name.n())
                .put("digest", name.digest().toString()));
        ArrayNode digests = node.putArray("since");
        since.forEach(digest -> digests.add(digest.toString()));
        swept.ifPresent(claim -> node.put("swept", claim));
        node.putRawValue("commit", new RawValue(CommitJson.text(commit)));
        return (node + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// Inverse of [#bytes]. What is none is an [IllegalArgumentException]; a newer format is refused with `STATE_NEWER`.
    public static Changed parse(byte[] content) {
        try {
            JsonNode node = JsonMapper.shared().readTree(content);
            List<Digest> since = new ArrayList<>();
            node.path("since").forEach(digest -> since.add(Digest.parse(digest.stringValue(""))));
            Optional<BaseName> base = node.has("base")
                    ? Optional.of(new BaseName(
                            node.path("base").path("n").longValue(0),
                            Digest.parse(node.path("base").path("digest").stringValue(""))))
                    : Optional.empty();
            OptionalLong swept =
                    node.has("swept") ? OptionalLong.of(node.path("swept").longValue(0)) : OptionalLong.empty();
            return new Changed(CommitJson.parse(node.path("commit").toString()), base, since, swept);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
