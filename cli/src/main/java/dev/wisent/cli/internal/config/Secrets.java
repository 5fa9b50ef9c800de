package dev.wisent.cli.internal.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.io.JsonStringEncoder;

/// What references brought and secret keys hold, taken out of every text that is shown (R14): a driver's message may
/// quote its connection string.
public final class Secrets {
    public static final Secrets NONE = new Secrets(List.of());

    private static final String MASK = "***";
    /// Shorter ones hide nothing and would make holes in any text.
    private static final int SHORTEST = 4;
    /// A line of a longer secret that is not worth hiding alone: `}`.
    private static final int SHORTEST_LINE = 8;
    /// A port, a number of rows, a truth value is no secret.
    private static final Pattern PLAIN = Pattern.compile("\\d{1,6}|true|false");

    private final List<String> values;

    public Secrets(Collection<String> values) {
        this.values = values.stream()
                .filter(value ->
                        value.length() >= SHORTEST && !PLAIN.matcher(value).matches())
                .flatMap(Secrets::spellings)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /// As it is, as JSON and addresses spell it, and its lines: messages are indented.
    private static Stream<String> spellings(String value) {
        Stream<String> whole = Stream.of(
                value,
                new String(JsonStringEncoder.getInstance().quoteAsCharArray(value)),
                URLEncoder.encode(value, StandardCharsets.UTF_8),
                URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
        Stream<String> lines = value.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_LINE);
        return Stream.concat(whole, lines);
    }

    public String mask(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }
}
