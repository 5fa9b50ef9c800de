package dev.wisent.cli.internal.config;

import dev.wisent.api.error.Fault;
import dev.wisent.api.error.WisentException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Valid files with a few characters or lines changed: each is read or refused, and none breaks the reader.
class FuzzTest {
    private static final long SEED = 20_261_121;
    private static final int ROUNDS = 10_000;
    private static final String ODD = "{}[]:,-&*#?|>!%@`'\"\\\n\t $~=\u0000\uFEFF\uD83Déx0";

    private static final String YAML = """
            name: a
            source:
              <<: &common {name: letters, count: 3}
              stream: capital
              authentication: {token: "${TOKEN:-x}"}
            destination:
              name: shelf
              config:
                path: x
                unnest: true
                record_schemas:
                  - destination_id: t
                    record_schema:
                      - {name: id, type: "struct<a:int64,b:list<string>>", mode: REQUIRED}
            engine:
              backend: {type: sqlite, config: {database: d}}
              lease: {heartbeat: 0.5, expiry: 30}
            error_handling: {on_bad_record: reject}
            """;

    private static final String JSON = """
            {"name": "a", "source": {"name": "letters", "stream": "capital", "count": 3},
             "destination": {"name": "shelf", "config": {"path": "x", "record_schemas": null}},
             "engine": {"runner": {"type": "thread"}, "grace": 1.5e1}}
            """;

    @Test
    void a_mutated_yaml_file_never_breaks_the_reader() {
        fuzz("p.yml", YAML);
    }

    @Test
    void a_mutated_json_file_never_breaks_the_reader() {
        fuzz("p.json", JSON);
    }

    private static void fuzz(String label, String valid) {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            String text = mutated(valid, random);
            try {
                Loading.load(label, text, Loading.VARIABLES);
            } catch (WisentException refused) {
                if (refused.code().fault() != Fault.CONFIGURATION
                        || refused.where().isEmpty()) {
                    throw new AssertionError("seed " + SEED + ", round " + round + ":\n" + text, refused);
                }
            } catch (RuntimeException | StackOverflowError broken) {
                throw new AssertionError("seed " + SEED + ", round " + round + ":\n" + text, broken);
            }
        }
    }

    private static String mutated(String valid, Random random) {
        StringBuilder text = new StringBuilder(valid);
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, ODD.charAt(random.nextInt(ODD.length())));
                case 2 -> text.setCharAt(at, ODD.charAt(random.nextInt(ODD.length())));
                case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
            }
            if (text.isEmpty()) {
                return "";
            }
        }
        return text.toString();
    }
}
