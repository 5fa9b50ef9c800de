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
    /// How a value ends that was cut.
    private static final List<String> CUTS = List.of("...", "…");
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
        for (String cut : CUTS) {
            masked = beginnings(masked, cut);
        }
        return masked;
    }

    /// Messages of libraries cut long values: what is left of a secret before the cut is hidden, too.
    private String beginnings(String text, String cut) {
        String masked = text;
        for (int at = masked.indexOf(cut); at >= 0; at = masked.indexOf(cut, at + cut.length())) {
            int left = longestBeginning(masked, at);
            if (left >= SHORTEST) {
                masked = masked.substring(0, at - left) + MASK + masked.substring(at);
                at += MASK.length() - left;
            }
        }
        return masked;
    }

    /// How many characters before `at` are the beginning of a secret.
    private int longestBeginning(String text, int at) {
        int longest = 0;
        for (String value : values) {
            for (int length = Math.min(value.length() - 1, at); length > longest; length--) {
                if (text.startsWith(value.substring(0, length), at - length)) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
