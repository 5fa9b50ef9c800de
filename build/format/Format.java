import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Lays out every Java file below a folder: `check` names those that differ and where, `apply` rewrites them.
final class Format {

    private final Path root;
    private final boolean apply;
    private final Formatter formatter = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    private Format(Path root, boolean apply) {
        this.root = root;
        this.apply = apply;
    }

    public static void main(String[] args) throws IOException {
        boolean apply = switch (args[0]) {
            case "check" -> false;
            case "apply" -> true;
            default -> throw new IllegalArgumentException("check or apply, not " + args[0]);
        };
        Format format = new Format(Path.of(args[1]).toRealPath(), apply);
        List<String> wrong = javaFiles(format.root).parallelStream()
                .map(format::visit)
                .flatMap(Optional::stream)
                .toList();
        if (wrong.isEmpty()) {
            return;
        }
        wrong.forEach(System.err::println);
        System.err.println(wrong.size() + " Java files are not laid out as they should be. To mend them:");
        System.err.println("    ./mvnw -q -pl build/format -Dformat=apply process-sources");
        System.exit(1);
    }

    /// What is wrong with a file, if `check` found something or it could not be parsed.
    private Optional<String> visit(Path file) {
        try {
            String found = Files.readString(file);
            String expected = layOut(found);
            if (expected.equals(found)) {
                return Optional.empty();
            }
            if (apply) {
                Files.writeString(file, expected);
                return Optional.empty();
            }
            return Optional.of(root.relativize(file) + ":" + firstDifference(found, expected));
        } catch (FormatterException | IOException | RuntimeException failure) {
            return Optional.of(root.relativize(file) + ": " + failure);
        }
    }

    /// The formatter breaks Markdown comments it finds too long; so it sees a short stand-in for each of their lines, and they
    /// are put back, wrapped, at the indentation it chose.
    private String layOut(String found) throws FormatterException {
        String imports = ImportOrderer.reorderImports(RemoveUnusedImports.removeUnusedImports(found), Style.PALANTIR);
        List<String> comments = new ArrayList<>();
        StringBuilder masked = new StringBuilder();
        boolean inTextBlock = false;
        for (String line : imports.lines().toList()) {
            String text = line.strip();
            if (text.startsWith("///") && !inTextBlock) {
                masked.append(MASK).append(comments.size()).append('\n');
                comments.add(text.substring(3).stripTrailing());
            } else {
                inTextBlock ^= (line.split("\"\"\"", -1).length - 1) % 2 == 1;
                masked.append(line).append('\n');
            }
        }
        List<String> laidOut = formatter.formatSource(masked.toString()).lines().toList();
        StringBuilder out = new StringBuilder();
        String carried = "";
        for (int i = 0; i < laidOut.size(); i++) {
            String line = laidOut.get(i);
            if (!isMasked(line)) {
                out.append(line).append('\n');
                continue;
            }
            String indent = indent(line);
            String comment = (carried.isEmpty() ? "" : " " + carried) + comment(line, comments);
            boolean goesOn = i + 1 < laidOut.size()
                    && isMasked(laidOut.get(i + 1))
                    && indent(laidOut.get(i + 1)).equals(indent)
                    && PROSE.matcher(comment).matches()
                    && PROSE.matcher(comment(laidOut.get(i + 1), comments)).matches();
            carried = wrap(indent, comment, goesOn, out);
        }
        return out.toString();
    }

    private static boolean isMasked(String line) {
        return line.strip().startsWith(MASK);
    }

    private static String indent(String line) {
        return line.substring(0, line.indexOf(MASK));
    }

    private static String comment(String line, List<String> comments) {
        return comments.get(Integer.parseInt(line.substring(line.indexOf(MASK) + MASK.length())));
    }

    /// What is too much for a line goes before the next one of its paragraph, if `goesOn`: that is returned; else it is a line
    /// of its own.
    private static String wrap(String indent, String comment, boolean goesOn, StringBuilder out) {
        String line = (indent + "///" + comment).stripTrailing();
        int cut = line.length() <= WIDTH || comment.startsWith(" |") ? -1 : line.lastIndexOf(' ', WIDTH);
        if (cut <= indent.length() + 4) {
            out.append(line).append('\n');
            return "";
        }
        out.append(line, 0, cut).append('\n');
        String rest = line.substring(cut + 1);
        if (goesOn) {
            return rest;
        }
        String further = comment.startsWith(" @") || comment.startsWith("     ") ? "     " : " ";
        return wrap(indent, further + rest, false, out);
    }

    /// A line of a paragraph: no list, table, tag, heading or code.
    private static final Pattern PROSE = Pattern.compile(" (?![-*+|@#>]|```|\\d+\\. |\\[[^]]+]:)\\S.*");

    /// A little more than code has, so that a comment written to 120 columns is left as it is when it moves inwards.
    private static final int WIDTH = 128;
    private static final String MASK = "/// @comment@";

    private static int firstDifference(String found, String expected) {
        List<String> is = found.lines().toList();
        List<String> should = expected.lines().toList();
        return 1
                + IntStream.range(0, Math.min(is.size(), should.size()))
                        .filter(line -> !Objects.equals(is.get(line), should.get(line)))
                        .findFirst()
                        .orElse(Math.min(is.size(), should.size()));
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean built = folder.endsWith("target") && Files.exists(folder.resolveSibling("pom.xml"));
                return built || folder.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
