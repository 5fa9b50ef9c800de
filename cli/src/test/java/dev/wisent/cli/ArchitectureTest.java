package dev.wisent.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How the modules may depend on each other, and what holds for every class and package of the project.
@Tag("architecture")
class ArchitectureTest {

    private static final String COLUMNAR = "dev.wisent.columnar..";
    private static final String API = "dev.wisent.api..";
    private static final String ENGINE = "dev.wisent.engine..";
    private static final String CONNECTORS = "dev.wisent.connectors..";
    private static final String CLI = "dev.wisent.cli..";
    private static final String TESTKIT = "dev.wisent.testkit..";
    private static final String BENCH = "dev.wisent.bench..";
    private static final String STORAGE = "dev.wisent.storage..";

    /// More than this and a class is more than one idea.
    private static final int LONGEST_CLASS = 400;
    /// A table of all errors with their texts: it grows with them, and holds nothing else.
    private static final Path TABLE = Path.of("dev/wisent/api/error/ErrorCode.java");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.wisent");

    @Test
    void columnar_knows_nothing_of_the_rest() {
        hold(noClasses()
                .that()
                .resideInAPackage(COLUMNAR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(API, STORAGE, ENGINE, CONNECTORS, CLI, TESTKIT));
    }

    @Test
    void the_api_knows_only_columnar() {
        hold(noClasses()
                .that()
                .resideInAPackage(API)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(STORAGE, ENGINE, CONNECTORS, CLI, TESTKIT));
    }

    @Test
    void storage_knows_only_what_is_below_it() {
        hold(noClasses()
                .that()
                .resideInAPackage(STORAGE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE, CONNECTORS, CLI, TESTKIT));
    }

    @Test
    void the_engine_knows_no_connector() {
        hold(noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CONNECTORS, CLI, TESTKIT));
    }

    @Test
    void connectors_know_the_api_and_not_the_engine() {
        hold(noClasses()
                .that()
                .resideInAPackage(CONNECTORS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENGINE, CLI, TESTKIT));
    }

    @Test
    void nothing_knows_the_command_line() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(CLI, BENCH)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CLI));
    }

    @Test
    void every_class_lies_below_a_package_named_like_its_module() {
        hold(classes()
                .should()
                .resideInAnyPackage(COLUMNAR, API, STORAGE, ENGINE, CONNECTORS, CLI, TESTKIT, BENCH)
                .because("the other rules go by these names"));
    }

    @Test
    void internal_packages_are_used_by_their_own_module_only() {
        hold(classes().should(useNoInternalsOfAnotherModule()));
    }

    @Test
    void only_the_command_line_prints() {
        hold(noClasses().that().resideOutsideOfPackages(CLI, TESTKIT, BENCH).should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void no_class_has_a_name_that_says_nothing() {
        hold(noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager)"));
    }

    /// A call that has a default need not be passed on to compile, and is lost.
    @Test
    void who_wraps_a_source_or_destination_passes_every_call_on() {
        hold(classes()
                .that()
                .areNotInterfaces()
                .and()
                .resideOutsideOfPackage("dev.wisent.engine.reject..") // rejects are a source of their own
                .should(passOnWhatHasADefault()));
    }

    @Test
    void every_package_says_what_it_is_for() throws IOException {
        List<Path> silent = mainSources().stream()
                .filter(file -> !file.startsWith(root().resolve("examples"))) // projects of other people's kind
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !explains(folder.resolve("package-info.java")))
                .toList();

        assertThat(silent).as("packages without a documented package-info.java").isEmpty();
    }

    @Test
    void no_main_class_is_longer_than_400_lines() throws IOException {
        List<Path> tooLong = mainSources().stream()
                .filter(file -> !file.endsWith(TABLE) && lines(file) > LONGEST_CLASS)
                .toList();

        assertThat(tooLong).as("files over %d lines", LONGEST_CLASS).isEmpty();
    }

    /// The launcher builds a family with `-Dmaven.test.skip`, and then there are no jars of tests: what needs one waits in a
    /// profile that is off then.
    @Test
    void no_family_needs_a_jar_of_tests_to_be_built() throws IOException {
        List<Path> needy = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root().resolve("connectors"))) {
            for (Path pom : modules.map(module -> module.resolve("pom.xml"))
                    .filter(Files::exists)
                    .toList()) {
                if (Files.readString(pom)
                        .replaceAll("(?s)<profiles>.*</profiles>", "")
                        .contains("<type>test-jar</type>")) {
                    needy.add(pom);
                }
            }
        }

        assertThat(needy).isEmpty();
    }

    private static void hold(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }

    private static ArchCondition<JavaClass> useNoInternalsOfAnotherModule() {
        return new ArchCondition<>("use no internals of another module") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                user.getDirectDependenciesFromSelf().stream()
                        .filter(use -> isInternal(use.getTargetClass()))
                        .filter(use -> !module(use.getTargetClass()).equals(module(user)))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(user, use.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> passOnWhatHasADefault() {
        return new ArchCondition<>("pass on what has a default") {
            @Override
            public void check(JavaClass wrapper, ConditionEvents events) {
                wrapper.getFields().stream()
                        .map(JavaField::getRawType)
                        .distinct()
                        .filter(type -> resideInAPackage(API).test(type)
                                && wrapper.getRawInterfaces().contains(type))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> !method.getModifiers().contains(JavaModifier.ABSTRACT)
                                && !method.getModifiers().contains(JavaModifier.STATIC))
                        .filter(method -> wrapper.tryGetMethod(method.getName(), types(method))
                                .isEmpty())
                        .forEach(method -> events.add(
                                SimpleConditionEvent.violated(wrapper, wrapper.getName() + " lacks " + method)));
            }
        };
    }

    private static String[] types(JavaMethod method) {
        return method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().startsWith("dev.wisent.") && (type.getPackageName() + ".").contains(".internal.");
    }

    private static final Pattern MODULE = Pattern.compile("dev\\.wisent\\.(connectors\\.\\w+|\\w+)");

    /// The part of a class's package that names its module: `engine`, `connectors.core`.
    private static String module(JavaClass type) {
        Matcher name = MODULE.matcher(type.getPackageName());
        return name.lookingAt() ? name.group(1) : "";
    }

    private static boolean explains(Path packageInfo) {
        return Files.exists(packageInfo)
                && read(packageInfo).lines().anyMatch(line -> line.startsWith("///") || line.startsWith("/**"));
    }

    private static long lines(Path file) {
        return read(file).lines().count();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new AssertionError("can't read " + file, unreadable);
        }
    }

    private static List<Path> mainSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean built = folder.endsWith("target") && Files.exists(folder.resolveSibling("pom.xml"));
                return built || folder.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = file.toString().replace('\\', '/');
                if (path.contains("/src/main/java/") && path.endsWith(".java")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }

    /// The folder with the wrapper script, whichever module's folder the tests were started in.
    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("mvnw")))
                .findFirst()
                .orElseThrow();
    }
}
