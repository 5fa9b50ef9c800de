package dev.wisent.connectors.transformjq;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformFactory;

/// Reads `jq`.
public final class JqFactory implements TransformFactory {
    private static final Key<String> PROGRAM = Key.text("jq")
            .about(
                    "the jq program each record goes through; it hands on objects: none leaves the record out, several make rows of each")
            .example("'.tag = \"t\"'")
            .required();

    @Override
    public String name() {
        return "jq";
    }

    @Override
    public String summary() {
        return "Changes records one by one with a jq program: jq: '.tag = \"t\"'.";
    }

    @Override
    public ConfigShape keys() {
        return ConfigShape.of(PROGRAM);
    }

    @Override
    public Transform create(ConfigSection config) {
        return new Jq(config.read(PROGRAM));
    }
}
