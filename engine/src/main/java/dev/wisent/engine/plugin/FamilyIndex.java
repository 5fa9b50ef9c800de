package dev.wisent.engine.plugin;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a family holds, known without loading a class of it. A properties file in UTF-8: `summary`, and `<kind>.<name>` with
/// one line about that part, such as `source.orders`.
///
/// @param parts by `<kind>.<name>`
public record FamilyIndex(String family, String summary, SortedMap<String, String> parts) {
    /// Beside a family's jars.
    public static final String FILE = "family.properties";

    /// In the resources of a family's module.
    public static final String RESOURCE = "META-INF/wisent/" + FILE;

    private static final String SUMMARY = "summary";

    public FamilyIndex {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /// Reads the index of `family`.
    public static FamilyIndex read(String family, Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw WisentException.of(ErrorCode.PLUGIN_UNUSABLE, "the index of family '" + family + "' can't be read")
                    .where(file.toString())
                    .hint("unpack the distribution again")
                    .causedBy(unreadable);
        }
        SortedMap<String, String> parts = new TreeMap<>();
        properties.stringPropertyNames().stream()
                .filter(key -> !key.equals(SUMMARY))
                .forEach(key -> parts.put(key, properties.getProperty(key)));
        return new FamilyIndex(family, properties.getProperty(SUMMARY, ""), parts);
    }

    /// The parts of one kind: summaries by name.
    public Map<String, String> parts(Kind<?> kind) {
        String prefix = kind.word() + ".";
        Map<String, String> named = new TreeMap<>();
        parts.forEach((key, line) -> {
            if (key.startsWith(prefix)) {
                named.put(key.substring(prefix.length()), line);
            }
        });
        return named;
    }
}
