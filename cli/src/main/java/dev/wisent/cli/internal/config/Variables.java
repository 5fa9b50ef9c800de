package dev.wisent.cli.internal.config;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where references are looked up: the environment, then the file of `--env-file`, then `.env` in the working folder.
public final class Variables {
    /// `NAME=value`, with or without `export`; a `#` after a space starts a comment unless quoted.
    private static final Pattern LINE = Pattern.compile(
            "\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.]*)\\s*=\\s*(?:'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|(.*?))(?:\\s+#.*)?\\s*");

    private final List<Map<String, String>> layers;

    private Variables(List<Map<String, String>> layers) {
        this.layers = layers;
    }

    /// @param envFile the file of `--env-file`: it must exist; `.env` need not
    public static Variables of(Map<String, String> environment, Path folder, Optional<Path> envFile) {
        List<Map<String, String>> layers = new ArrayList<>();
        layers.add(Map.copyOf(environment));
        envFile.ifPresent(file -> layers.add(read(folder.resolve(file))));
        Path usual = folder.resolve(".env");
        if (Files.isRegularFile(usual)) {
            layers.add(read(usual));
        }
        return new Variables(layers);
    }

    public Optional<String> find(String name) {
        return layers.stream()
                .flatMap(layer -> Optional.ofNullable(layer.get(name)).stream())
                .findFirst();
    }

    private static Map<String, String> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw WisentException.of(ErrorCode.CONFIG_FILE, "the environment file " + file + " can't be read")
                    .hint("it holds lines NAME=value, in UTF-8")
                    .causedBy(unreadable);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replace("\uFEFF", "");
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw WisentException.of(ErrorCode.CONFIG_FILE, "this line is not NAME=value")
                        .where(file + ":" + (i + 1));
            }
            values.put(parts.group(1), value(parts));
        }
        return values;
    }

    private static String value(Matcher parts) {
        String escaped = parts.group(3);
        if (escaped != null) {
            return escaped.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
        }
        String single = parts.group(2);
        return single != null ? single : Optional.ofNullable(parts.group(4)).orElse("");
    }
}
