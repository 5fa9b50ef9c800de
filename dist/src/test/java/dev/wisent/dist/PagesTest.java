package dev.wisent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Every command of README and documentation is run and every pipeline is loaded, as a user of the distribution would.
/// CONTRIBUTING.md says how
/// a page is written.
@Execution(ExecutionMode.CONCURRENT)
class PagesTest {
    private static final int AT_ONCE = 2;
    private static final Path ROOT = Shell.tree();
    private final Unpacked wisent = Unpacked.shared();
    private Path folder = Path.of("");

    @BeforeEach
    void folder() throws IOException {
        folder = Shell.temporary();
    }

    @AfterEach
    void remove() throws IOException {
        Shell.delete(folder);
    }

    /// Pages are done side by side, for what takes long in them is waiting.
    @TestFactory
    List<DynamicTest> what_a_page_shows_is_what_happens() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Kept kept = Kept.start(wisent, folder, environment());
                ExecutorService side = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Page page : Page.all(ROOT)) {
                if (!page.blocks().isEmpty()) {
                    Future<List<String>> problems = side.submit(() -> run(page, kept));
                    tests.add(DynamicTest.dynamicTest(
                            page.name(), () -> assertThat(problems.get()).isEmpty()));
                }
            }
        }
        return tests;
    }

    /// Some value for each variable that a pipeline of any page refers to.
    private static Map<String, String> environment() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (Page page : Page.all(ROOT)) {
            page.blocks().forEach(block -> Completed.variables(block.text()).forEach(name -> all.put(name, "a-value")));
        }
        return all;
    }

    private List<String> run(Page page, Kept kept) throws IOException, InterruptedException {
        Path home = wisent.home();
        Path work = Files.createTempDirectory(folder, "page").toRealPath();
        new Shell(work).run("ln -s " + home + "/bin/wisent wisent && cp -R " + home + "/examples .");
        return new PageRun(page, work)
                .with("HOME", work.toString())
                .with("WISENT_CACHE", wisent.cache())
                .with("NO_COLOR", "1")
                .with("PATH", home.resolve("bin") + ":" + System.getenv("PATH"))
                .problems(kept);
    }

    @Test
    void the_blocks_that_are_not_run_are_as_many_as_contributing_says() throws IOException {
        List<String> left = new ArrayList<>();
        for (Page page : Page.all(ROOT)) {
            for (Page.Block block : page.blocks()) {
                block.notRun().ifPresent(why -> left.add(page.name() + ":" + block.line() + ": " + why));
            }
        }
        left.forEach(System.out::println);
        Matcher said =
                Pattern.compile("(\\d+) blocks are not run").matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")));
        assertThat(said.find()).isTrue();
        assertThat(left).hasSize(Integer.parseInt(said.group(1)));
    }

    @Test
    void the_tests_that_pages_name_as_their_own_are_there() throws IOException {
        TreeSet<String> named = new TreeSet<>();
        for (Page page : Page.all(ROOT)) {
            page.blocks().forEach(block -> block.runBy().ifPresent(named::add));
        }
        assertThat(named).isNotEmpty();
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<String> tests = files.filter(file -> file.toString().contains("src/test/java"))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
            assertThat(tests).containsAll(named);
        }
    }
}
