package dev.wisent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/reliability.md` and the pages of concepts promise tests: each must be there.
class ReliabilityDocTest {
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern METHOD = Pattern.compile(
            "@(?:Parameterized|Repeated)?Test(?:Factory)?\\b.*?(?:void|Stream<DynamicTest>) (\\w+)\\(", Pattern.DOTALL);
    private static final Pattern PARENT = Pattern.compile("\\bclass (\\w+) extends (\\w+)");
    private static final Set<String> NO_TEST = Set.of("gap", "not run", "n/a");

    private final Path root = root();
    private final String doc = read(root.resolve("docs/reliability.md"));
    private final Map<String, Set<String>> tests = tests();

    @Test
    void every_named_test_exists() {
        assertThat(missing(doc))
                .as("named in docs/reliability.md, but nowhere in the tests")
                .isEmpty();
    }

    @Test
    void every_page_of_concepts_names_tests_and_they_exist() throws IOException {
        try (Stream<Path> pages = Files.list(root.resolve("docs/concepts"))) {
            for (Path page : pages.filter(p -> !p.endsWith("guarantees.md")).toList()) {
                String text = read(page);
                assertThat(TEST_NAME.matcher(text).results())
                        .as(page.toString())
                        .isNotEmpty();
                assertThat(missing(text)).as(page.toString()).isEmpty();
            }
        }
    }

    private List<String> missing(String text) {
        return TEST_NAME
                .matcher(text)
                .results()
                .filter(name -> !tests.getOrDefault(name.group(1), Set.of()).contains(name.group(2)))
                .map(name -> name.group(1) + "." + name.group(2))
                .distinct()
                .toList();
    }

    @Test
    void every_cell_of_the_matrix_is_a_test_or_says_that_there_is_none() {
        List<String> rows = doc.lines()
                .dropWhile(line -> !line.startsWith("| fault"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
        assertThat(rows).hasSizeGreaterThan(10);

        List<String> vague = rows.stream()
                .flatMap(ReliabilityDocTest::cells)
                .filter(cell -> !NO_TEST.contains(cell) && !isTests(cell))
                .toList();
        assertThat(vague).isEmpty();
        long columns = cells(rows.getFirst()).count();
        assertThat(rows).allMatch(row -> cells(row).count() == columns);
    }

    /// Missing numbers are cases about how Bizon is built inside.
    private static final List<String> BIZON_CASES = List.of(
            "1", "2", "3", "4", "7", "9", "11", "12", "15", "16", "18", "20", "21", "23", "25", "B1", "B2", "B3", "B4",
            "B5", "B7", "B9", "B10", "B11", "B16");

    @Test
    void every_case_of_bizon_is_a_test_or_names_what_it_waits_for() {
        Map<String, String> cases = doc.lines()
                .dropWhile(line -> !line.startsWith("| case"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(row -> row.substring(1, row.length() - 1).split("\\|", -1))
                .collect(Collectors.toMap(row -> row[0].strip(), row -> row[2].strip()));

        assertThat(cases).containsOnlyKeys(BIZON_CASES);
        Pattern proof = Pattern.compile("(`\\w+Test\\.\\w+` ?)*(later: .+)?");
        assertThat(cases)
                .allSatisfy((number, tests) -> assertThat(tests).isNotEmpty().matches(proof));
    }

    /// Without the first one, which is the fault.
    private static Stream<String> cells(String row) {
        return Arrays.stream(row.substring(1, row.length() - 1).split("\\|", -1))
                .skip(1)
                .map(String::strip);
    }

    private static boolean isTests(String cell) {
        return Arrays.stream(cell.split(" ", -1))
                .allMatch(name -> TEST_NAME.matcher(name).matches());
    }

    @Test
    void every_test_of_faults_in_child_processes_is_named() {
        Set<String> named =
                TEST_NAME.matcher(doc).results().map(name -> name.group(2)).collect(Collectors.toSet());
        Set<String> forgotten = new TreeSet<>();
        for (Path file : testFiles("Test")) {
            if (file.getParent() != null && file.getParent().endsWith("dev/wisent/cli/kill")) {
                forgotten.addAll(methods(file));
            }
        }
        forgotten.removeAll(named);

        assertThat(forgotten).isEmpty();
    }

    /// The tests of each class, with those it inherits from a contract.
    private Map<String, Set<String>> tests() {
        Map<String, Set<String>> own = new HashMap<>();
        Map<String, String> parents = new HashMap<>();
        for (Path file : testFiles("")) {
            String name = String.valueOf(file.getFileName()).replace(".java", "");
            own.computeIfAbsent(name, n -> new HashSet<>()).addAll(methods(file));
            Matcher parent = PARENT.matcher(read(file));
            if (parent.find() && parent.group(1).equals(name)) {
                parents.put(name, parent.group(2));
            }
        }
        Map<String, Set<String>> all = new HashMap<>();
        own.forEach((name, methods) -> {
            Set<String> with = new HashSet<>(methods);
            for (String of = parents.get(name); of != null; of = parents.get(of)) {
                with.addAll(own.getOrDefault(of, Set.of()));
            }
            all.put(name, with);
        });
        return all;
    }

    private static Set<String> methods(Path file) {
        Set<String> methods = new HashSet<>();
        Matcher method = METHOD.matcher(read(file));
        while (method.find()) {
            methods.add(method.group(1));
        }
        return methods;
    }

    private List<Path> testFiles(String kind) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().contains("src/test/java"))
                    .filter(file -> file.toString().endsWith(kind + ".java"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder with the wrapper script, whichever module's folder the tests were started in.
    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("mvnw")))
                .findFirst()
                .orElseThrow();
    }
}
