package dev.wisent.connectors.delta.state;

import dev.wisent.api.commit.Fragment;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.ActionJson;
import dev.wisent.connectors.delta.log.DeltaSchema;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A written data file: what a fragment's description says.
///
/// @param schema of the rows in it, partition columns included
public record DataFile(Action.Add add, Schema schema) {
    private static final Pattern CLAIM = Pattern.compile("part-\\p{XDigit}+-c(\\d+)-");

    public static DataFile of(Fragment fragment) {
        try {
            return of(JsonMapper.shared().readTree(fragment.description()));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    static DataFile of(JsonNode node) {
        if (!(ActionJson.read(node) instanceof Action.Add add)) {
            throw new IllegalArgumentException("a data file is described by an add");
        }
        return new DataFile(add, DeltaSchema.read(node.path("schema").stringValue("")));
    }

    /// The description: an `add`, and beside it the schema.
    public ObjectNode json() {
        return ActionJson.write(add).put("schema", DeltaSchema.write(schema));
    }

    /// The claim a file was written under, as its name says; 0: it does not.
    static long claim(String name) {
        Matcher named = CLAIM.matcher(name);
        return named.lookingAt() ? Long.parseLong(named.group(1)) : 0;
    }

    /// The file's name without folders.
    public String name() {
        return add.path().substring(add.path().lastIndexOf('/') + 1);
    }
}
