package dev.wisent.cli.internal.console;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the process was asked to do.
///
/// @param command the command line, as people typed it
/// @param file the pipeline file in it
public record Situation(String command, Optional<String> file) {
    static final Situation NONE = new Situation("wisent", Optional.empty());

    private static final Pattern FILE = Pattern.compile("\\bFILE\\b");
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=@%+,-]+");
    /// A password in an address is never shown (R14), whether the address can be read or not.
    private static final Pattern PASSWORD = Pattern.compile("^([^:/]+://[^:@/]*:).*@");

    private static final Pattern PARAMETER = Pattern.compile("([?&]password=)[^&]+");

    private static final Pattern PIPELINE = Pattern.compile(".*\\.(ya?ml|json)");

    /// @param args without the program's name
    public static Situation of(List<String> args) {
        StringBuilder command = new StringBuilder("wisent");
        args.forEach(arg -> command.append(' ').append(quoted(arg)));
        Optional<String> file = args.stream()
                .filter(arg -> !arg.startsWith("-") && PIPELINE.matcher(arg).matches())
                .findFirst();
        return new Situation(command.toString(), file.map(Situation::quoted));
    }

    private static String quoted(String arg) {
        return plainly(
                PARAMETER.matcher(PASSWORD.matcher(arg).replaceAll("$1***@")).replaceAll("$1***"));
    }

    private static String plainly(String arg) {
        return PLAIN.matcher(arg).matches() ? arg : "'" + arg.replace("'", "'\\''") + "'";
    }

    /// `next` with the file in place of `FILE`.
    String concrete(String next) {
        return file.map(name -> FILE.matcher(next).replaceAll(Matcher.quoteReplacement(name)))
                .orElse(next);
    }
}
