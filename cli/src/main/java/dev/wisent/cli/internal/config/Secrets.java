package dev.wisent.cli.internal.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// What references brought, taken out of every text that is shown (R14): a driver's message may quote its connection
/// string.
public final class Secrets {
    public static final Secrets NONE = new Secrets(List.of());

    private static final String MASK = "***";
    /// Shorter ones hide nothing and would make holes in any text.
    private static final int SHORTEST = 4;
    /// A port, a number of rows, a truth value is no secret.
    private static final Pattern PLAIN = Pattern.compile("\\d{1,6}|true|false");

    private final List<String> values;

    public Secrets(Collection<String> values) {
        this.values = values.stream()
                .filter(value ->
                        value.length() >= SHORTEST && !PLAIN.matcher(value).matches())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    public String mask(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        return masked;
    }
}
