package dev.wisent.connectors.delta.table;

import dev.wisent.api.StreamId;
import dev.wisent.connectors.delta.state.Changed;
import dev.wisent.connectors.delta.state.Digest;
import java.nio.charset.StandardCharsets;

/// The `appId`s under which a table's log keeps how far a stream is: a pipeline's own, so that several may write to one table.
public record Application(String pipeline, StreamId stream) {
    /// Its version is the number of the last commit.
    public String id() {
        return "wisent/" + pipeline + "/" + stream.name();
    }

    /// Its version is the digest of the last commit's object.
    public String stateId() {
        return id() + "#state";
    }

    /// The folder of its objects, relative to the table. Readers of tables leave folders alone whose names begin with `_`.
    public String folder() {
        return "_wisent/" + shortId() + "/";
    }

    /// What stands for [#id] in names: tells the applications of one table apart.
    public String shortId() {
        return Digest.of(id().getBytes(StandardCharsets.UTF_8)).toString();
    }

    /// Where commit `n` is stored.
    public String change(long n, Digest digest) {
        return folder() + "c%019d-%s.json".formatted(n, digest);
    }

    /// Where a base is stored.
    public String base(Changed.BaseName name) {
        return folder() + "b%019d-%s.ndjson".formatted(name.n(), name.digest());
    }
}
