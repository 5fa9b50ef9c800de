package dev.wisent.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wisent.engine.plugin.Catalog;
import dev.wisent.engine.plugin.Families;
import dev.wisent.engine.plugin.FamilyIndex;
import dev.wisent.engine.plugin.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tar.gz, unpacked and used.
@Execution(ExecutionMode.CONCURRENT)
class DistributionTest {
    private static final int QUICK_START_ROWS = 100_000;

    private final Path archive = Path.of(System.getProperty("wisent.dist"));
    private Path folder = Path.of("");
    private Path home = Unpacked.shared().home();

    @BeforeEach
    void folder() throws IOException {
        folder = Shell.temporary();
    }

    @AfterEach
    void remove() throws IOException {
        Shell.delete(folder);
    }

    @Test
    void a_stranger_runs_the_quick_start_with_it_and_nothing_is_written_into_it() throws IOException {
        home = Unpacked.shared().copiedTo(folder);
        new Shell(folder).run("chmod -R a-w " + home);
        Path work = Shell.open(folder.resolve("work"));
        List<Path> before = all(home);

        Shell shell =
                new Shell(work).with("HOME", Shell.open(folder.resolve("home")).toString());
        shell.runAsStranger(home + "/bin/wisent run " + home + "/examples/quickstart.yml");

        assertThat(rows(work.resolve("out"))).isEqualTo(QUICK_START_ROWS);
        assertThat(all(home)).isEqualTo(before);
        assertThat(all(folder.resolve("home"))).anyMatch(file -> file.toString().endsWith(".aot"));
    }

    /// Within a twentieth: archives of the same parts differ a little.
    @ParameterizedTest
    @CsvSource({"README.md, tar.gz (about", "docs/how-to/install.md, tar.gz | about"})
    void it_is_as_large_as_the_docs_say(String page, String before) throws IOException {
        Matcher said = Pattern.compile(Pattern.quote(before) + " (\\d+) MB")
                .matcher(Files.readString(Shell.tree().resolve(page)));

        assertThat(said.find()).as(page).isTrue();
        assertThat(Long.parseLong(said.group(1))).isCloseTo(Files.size(archive) / 1_000_000, withinPercentage(5));
    }

    @Test
    void it_starts_where_no_cache_can_be_kept_and_says_nothing_about_it() throws IOException {
        String told = new Shell(Shell.open(folder.resolve("work")))
                .with("WISENT_CACHE", "/dev/null")
                .runAsStranger(home + "/bin/wisent --version");

        assertThat(told).startsWith("wisent ").hasLineCount(1);
    }

    @Test
    void every_family_of_the_source_tree_is_in_it() throws IOException {
        List<String> modules = new ArrayList<>();
        try (Stream<Path> all = Files.list(Shell.tree().resolve("connectors"))) {
            all.filter(m -> Files.exists(m.resolve("src/main/resources").resolve(FamilyIndex.RESOURCE)))
                    .forEach(m -> modules.add(m.getFileName().toString()));
        }

        assertThat(Families.in(home).all().stream().map(FamilyIndex::family))
                .containsExactlyInAnyOrderElementsOf(modules);
    }

    @Test
    void each_familys_index_names_what_its_jars_hold() throws IOException {
        Families families = Families.in(home);
        Catalog catalog = Catalog.of(families);
        for (FamilyIndex index : families.all()) {
            int parts = 0;
            for (Kind<?> kind : Kind.all()) {
                index.parts(kind)
                        .keySet()
                        .forEach(name -> assertThat(catalog.find(kind, name)).isPresent());
                assertThat(index.parts(kind))
                        .as("%ss of %s", kind, index.family())
                        .hasSize(named(index.family(), kind));
                parts += index.parts(kind).size();
            }
            assertThat(index.parts())
                    .as("keys of %s that name a kind", index.family())
                    .hasSize(parts);
            assertThat(index.summary()).isNotBlank();
        }
    }

    @Test
    void families_are_lent_wisents_own_jackson_and_bring_none() throws IOException {
        List<String> lent = List.of("jackson-annotations-.*", "jackson-core-3.*", "jackson-databind-3.*");

        assertThat(all(home.resolve("lib")))
                .extracting(jar -> jar.getFileName().toString())
                .anyMatch(name -> name.matches(lent.get(0)))
                .anyMatch(name -> name.matches(lent.get(1)))
                .anyMatch(name -> name.matches(lent.get(2)));
        assertThat(all(home.resolve("connectors")))
                .extracting(jar -> jar.getFileName().toString())
                .noneMatch(name -> lent.stream().anyMatch(name::matches));
    }

    @Test
    void the_slim_image_runs_the_core_on_a_runtime_of_its_own() throws IOException {
        home = Unpacked.shared().copiedTo(folder);
        Shell.delete(home.resolve("native"));
        String jlink = instructions("Dockerfile.slim", "RUN jlink ").getFirst();
        new Shell(folder)
                .run(System.getProperty("java.home") + "/bin/" + jlink.replace("/opt/wisent", home.toString()));
        Path work = Shell.open(folder.resolve("work"));

        Shell shell = new Shell(work)
                .with("WISENT_CACHE", Shell.open(folder.resolve("cache")).toString())
                .with("JAVA_HOME", "/none")
                .with("PATH", "/usr/bin:/bin");
        shell.runAsStranger(home + "/bin/wisent run " + home + "/examples/quickstart.yml");

        assertThat(rows(work.resolve("out"))).isEqualTo(QUICK_START_ROWS);
        assertThat(shell.runAsStranger(home + "/bin/wisent source list")).contains("generator");
        assertThat(all(folder.resolve("cache")))
                .anyMatch(file -> file.toString().endsWith(".aot"));
    }

    @Test
    void the_images_are_for_anybody_but_root_and_tell_their_health() throws IOException {
        for (String file : List.of("Dockerfile", "Dockerfile.slim")) {
            assertThat(instructions(file, "USER ")).containsExactly("10001:10001");
            assertThat(instructions(file, "HEALTHCHECK ")).hasSize(1);
            assertThat(instructions(file, "ADD ")).containsExactly("wisent-${VERSION}.tar.gz /opt/");
            String version = instructions(file, "ARG VERSION=").getFirst();
            assertThat(archive.getFileName()).hasToString("wisent-" + version + ".tar.gz");
        }
    }

    /// What follows `prefix` in each instruction of a Dockerfile that begins with it; `RUN` keeps the command's own name.
    private static List<String> instructions(String file, String prefix) throws IOException {
        int cut = prefix.startsWith("RUN ") ? "RUN ".length() : prefix.length();
        return Files.readAllLines(Shell.tree().resolve("dist/docker").resolve(file)).stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(cut))
                .toList();
    }

    private int named(String family, Kind<?> kind) throws IOException {
        int named = 0;
        try (Stream<Path> jars = Files.list(home.resolve("connectors").resolve(family))) {
            for (Path jar : jars.filter(f -> f.toString().endsWith(".jar")).toList()) {
                try (ZipFile zip = new ZipFile(jar.toFile())) {
                    ZipEntry services =
                            zip.getEntry("META-INF/services/" + kind.type().getName());
                    if (services != null) {
                        named += (int) new String(
                                        zip.getInputStream(services).readAllBytes(),
                                        java.nio.charset.StandardCharsets.UTF_8)
                                .lines()
                                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                                .count();
                    }
                }
            }
        }
        return named;
    }

    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(new TreeSet<>(files.toList()));
        }
    }

    private static long rows(Path folder) throws IOException {
        long rows = 0;
        try (Stream<Path> parts = Files.list(folder)) {
            for (Path part : parts.filter(f -> f.toString().endsWith(".ndjson")).toList()) {
                try (Stream<String> lines = Files.lines(part)) {
                    rows += lines.count();
                }
            }
        }
        return rows;
    }
}
