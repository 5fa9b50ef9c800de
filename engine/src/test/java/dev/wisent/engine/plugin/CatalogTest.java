package dev.wisent.engine.plugin;

import static dev.wisent.engine.plugin.Jars.factory;
import static dev.wisent.engine.plugin.Jars.service;
import static dev.wisent.engine.plugin.Jars.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.SourceFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    @TempDir
    Path folder;

    private Path plugins;
    private Jars jars;

    @BeforeEach
    void folders() {
        plugins = folder.resolve("plugins");
        jars = new Jars(folder);
    }

    @Test
    void a_family_is_listed_from_its_index_and_opened_only_when_something_of_it_is_named() throws IOException {
        family("stars", "source.star = shines\n");
        // jars that could not be opened: nobody looks at them
        family("broken", "source.hole = black\n");
        Files.writeString(folder.resolve("connectors/broken/broken.jar"), "no jar");
        jars.make(folder.resolve("connectors/stars/stars.jar"), factory("s", "star", "\"shines\""), service("s"));
        Catalog catalog = Catalog.of(Families.in(folder));

        assertThat(catalog.offers(Kind.SOURCE))
                .extracting(Offer::name, Offer::summary, o -> o.origin().toString())
                .contains(
                        org.assertj.core.groups.Tuple.tuple("star", "shines", "family stars"),
                        org.assertj.core.groups.Tuple.tuple("hole", "black", "family broken"));
        SourceFactory star = catalog.find(Kind.SOURCE, "star").orElseThrow();
        assertThat(star.getClass().getClassLoader().getName()).isEqualTo("wisent:family stars");
        assertThat(catalog.find(Kind.SOURCE, "star")).containsSame(star);
        refused(() -> catalog.find(Kind.SOURCE, "hole"), "family broken is not a jar that can be read");
    }

    @Test
    void jars_that_are_refused_are_closed() throws IOException {
        family("broken", "source.hole = black\n");
        jars.make(folder.resolve("connectors/broken/a.jar"), factory("h", "hole", "\"black\""), service("h"));
        Files.writeString(folder.resolve("connectors/broken/b.jar"), "no jar");
        family("native", "source.base = low\n");
        jars.make(
                folder.resolve("connectors/native/native.jar"),
                Map.of("org.sqlite.JDBC", "package org.sqlite; public class JDBC {}"),
                Map.of());
        family("mute", "source.silence = -\n");
        jars.make(folder.resolve("connectors/mute/mute.jar"), factory("m", "silence", "null"), service("m"));
        Catalog catalog = Catalog.of(Families.in(folder));

        refused(() -> catalog.find(Kind.SOURCE, "hole"), "not a jar that can be read");
        refused(() -> catalog.find(Kind.SOURCE, "base"), "brings SQLite");
        refused(() -> catalog.find(Kind.SOURCE, "silence"), "summary()");

        assertThat(openBelow(folder)).isEmpty();
    }

    /// None where the system doesn't tell.
    private static List<String> openBelow(Path folder) throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        List<String> open = new ArrayList<>();
        for (String each : Objects.requireNonNull(descriptors.toFile().list())) {
            try {
                String target =
                        Files.readSymbolicLink(descriptors.resolve(each)).toString();
                if (target.startsWith(folder.toRealPath().toString())) {
                    open.add(target);
                }
            } catch (NoSuchFileException closedMeanwhile) {
                continue;
            }
        }
        return open;
    }

    @Test
    void a_family_without_its_jars_is_known_and_says_how_to_get_it() throws IOException {
        family("stars", "source.star = shines\n");
        Catalog catalog = Catalog.of(Families.in(folder));

        assertThat(catalog.names(Kind.SOURCE)).containsExactly("star");
        WisentException error = refused(() -> catalog.find(Kind.SOURCE, "star"), "left out of this installation");
        assertThat(error.hint()).contains("connectors/stars").contains(folder.toString());
    }

    @Test
    void an_index_that_names_what_its_jars_do_not_hold_is_an_error() throws IOException {
        family("stars", "source.sun = warm\n");
        jars.make(folder.resolve("connectors/stars/stars.jar"), factory("s", "star", "\"shines\""), service("s"));

        refused(
                () -> Catalog.of(Families.in(folder)).find(Kind.SOURCE, "sun"),
                "the index of family 'stars' names source 'sun', and its jars hold none");
    }

    @Test
    void each_plug_in_has_its_own_version_of_a_library_and_sees_none_of_ours() throws IOException {
        for (String version : List.of("one", "two")) {
            Path library = jars.make(
                    plugins.resolve(version).resolve("lib.jar"),
                    Map.of(
                            "lib.Lib",
                            "package lib; public class Lib { public static String v() { return \"%s\"; } }"
                                    .formatted(version)),
                    Map.of());
            new Jars(folder)
                    .using(library)
                    .make(
                            plugins.resolve(version).resolve("plugin.jar"),
                            factory("p" + version, version, "lib.Lib.v()"),
                            service("p" + version));
        }
        jars.make(plugins.resolve("nosy.jar"), factory("n", "nosy", """
                java.util.stream.Stream.of("tools.jackson.databind.ObjectMapper", "dev.wisent.engine.plugin.Catalog", "org.sqlite.JDBC",
                        "dev.wisent.columnar.Schema").map(n -> {
                    try { return Class.forName(n).getSimpleName(); } catch (ClassNotFoundException e) { return "-"; }
                }).toList().toString()"""), service("n"));

        Catalog catalog = Catalog.of(Families.none()).with(plugins);

        assertThat(summary(catalog, "one")).contains("one");
        assertThat(summary(catalog, "two")).contains("two");
        assertThat(summary(catalog, "nosy")).contains("[-, -, JDBC, Schema]");
        assertThat(catalog.broken()).isEmpty();
    }

    @Test
    void a_family_without_a_jackson_of_its_own_is_lent_ours_and_one_that_brings_some_of_it_keeps_that()
            throws IOException {
        String place =
                "\"\" + (tools.jackson.%s.class.getClassLoader() == dev.wisent.api.source.Source.class.getClassLoader())";
        family("lent", "source.lent = l\n");
        jars.make(
                folder.resolve("connectors/lent/lent.jar"),
                factory("l", "lent", place.formatted("databind.ObjectMapper")),
                service("l"));
        family("own", "source.own = o\n");
        Path library = jars.make(
                folder.resolve("connectors/own/jackson.jar"),
                Map.of(
                        "tools.jackson.databind.ObjectMapper",
                        "package tools.jackson.databind; public class ObjectMapper {}"),
                Map.of());
        new Jars(folder)
                .using(library)
                .make(
                        folder.resolve("connectors/own/own.jar"),
                        factory("o", "own", place.formatted("databind.ObjectMapper")),
                        service("o"));
        Catalog catalog = Catalog.of(Families.in(folder));

        assertThat(summary(catalog, "lent")).contains("true");
        assertThat(summary(catalog, "own")).contains("false");
    }

    @Test
    void what_a_lent_library_throws_is_the_defect_of_the_family_that_called_it() throws IOException {
        family("stars", "source.star = s\n");
        jars.make(
                folder.resolve("connectors/stars/stars.jar"),
                Map.of(
                        "s.Factory",
                        factory("s", "star", "\"s\"")
                                .get("s.Factory")
                                .replace(
                                        "throw new IllegalStateException(\"no such planet\")",
                                        "tools.jackson.databind.json.JsonMapper.shared().readTree(\"no JSON\"); return null")),
                service("s"));
        SourceFactory star =
                Catalog.of(Families.in(folder)).find(Kind.SOURCE, "star").orElseThrow();

        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> star.create(null, null));

        assertThat(PluginFailure.known(thrown).orElseThrow().what())
                .startsWith("a defect in family stars: StreamReadException");
        assertThat(PluginFailure.known(org.assertj.core.api.Assertions.catchThrowable(
                        () -> tools.jackson.databind.json.JsonMapper.shared().readTree("no JSON"))))
                .isEmpty();
    }

    @Test
    void what_a_manifest_says_of_packages_and_of_further_jars_holds_for_a_plug_in() {
        Path library = jars.make(
                folder.resolve("elsewhere/lib.jar"),
                Map.of("lib.Lib", "package lib; public class Lib { public static String v() { return \"far\"; } }"),
                Map.of());
        Map<String, String> files = new java.util.TreeMap<>(service("p"));
        files.put("META-INF/MANIFEST.MF", """
                Manifest-Version: 1.0
                Implementation-Version: 7
                Class-Path: ../elsewhere/lib.jar

                """);
        jars.using(library)
                .make(
                        plugins.resolve("p.jar"),
                        factory("p", "star", "lib.Lib.v() + Factory.class.getPackage().getImplementationVersion()"),
                        files);

        assertThat(summary(Catalog.of(Families.none()).with(plugins), "star")).contains("far7");
    }

    @Test
    void two_parts_of_one_name_are_refused_and_both_places_are_told() {
        Path a = jars.make(plugins.resolve("a.jar"), factory("a", "star", "\"a\""), service("a"));
        Path b = jars.make(plugins.resolve("b.jar"), factory("b", "star", "\"b\""), service("b"));
        Catalog catalog = Catalog.of(Families.none()).with(plugins);

        WisentException error = refused(() -> catalog.find(Kind.SOURCE, "star"), "there are 2 sources named 'star'");
        assertThat(error.where()).contains(a.toString()).contains(b.toString());
    }

    @Test
    void a_plug_in_whose_library_is_missing_names_its_jar_and_the_class() throws IOException {
        Path library = jars.make(
                folder.resolve("elsewhere.jar"),
                Map.of("lib.Lib", "package lib; public class Lib { public static String v() { return \"\"; } }"),
                Map.of());
        Path plugin =
                jars.using(library).make(plugins.resolve("p.jar"), factory("p", "star", "lib.Lib.v()"), service("p"));

        broken(plugin, "it needs lib.Lib, and no jar has it");
    }

    @Test
    void a_plug_in_built_for_another_version_of_the_api_is_told_so() throws IOException {
        Path api = jars.make(
                folder.resolve("other-api.jar"),
                Map.of(
                        "dev.wisent.api.source.Gone",
                        "package dev.wisent.api.source; public class Gone { public static String v() { return \"\"; } }"),
                Map.of());
        Path plugin = jars.using(api)
                .make(plugins.resolve("p.jar"), factory("p", "star", "dev.wisent.api.source.Gone.v()"), service("p"));

        broken(plugin, "it was built for another version of Wisent, which had dev.wisent.api.source.Gone");
    }

    @Test
    void a_plug_in_that_lacks_a_method_of_this_version_is_told_so() {
        Path older = jars.make(
                folder.resolve("older-api.jar"),
                Map.of(
                        "dev.wisent.api.source.SourceFactory",
                        "package dev.wisent.api.source; public interface SourceFactory { String name(); }"),
                Map.of());
        Path plugin = jars.using(older).make(plugins.resolve("p.jar"), Map.of("p.Factory", """
                                package p;
                                public final class Factory implements dev.wisent.api.source.SourceFactory {
                                    public String name() { return "star"; }
                                }
                                """), service("p"));

        broken(plugin, "it was built for another version of Wisent or of a library");
    }

    @Test
    void a_plug_in_that_names_a_class_it_lacks_is_told_so() {
        Path plugin = jars.make(plugins.resolve("p.jar"), Map.of(), service("gone"));

        broken(plugin, "Provider gone.Factory not found");
    }

    @Test
    void a_plug_in_that_brings_a_library_with_native_code_is_refused() {
        Path plugin = jars.make(
                plugins.resolve("p.jar"),
                Map.of("org.duckdb.DuckDBDriver", "package org.duckdb; public class DuckDBDriver {}"),
                service("p"));

        broken(plugin, "brings DuckDB, a library with native code that a process may have only once");
    }

    @Test
    void a_library_with_native_code_is_loaded_once_for_all() throws IOException {
        jars.make(
                folder.resolve("native/duckdb.jar"),
                Map.of("org.duckdb.DuckDBDriver", "package org.duckdb; public class DuckDBDriver {}"),
                Map.of());
        Jars users = new Jars(folder).using(folder.resolve("native/duckdb.jar"));
        String identity = "\"\" + System.identityHashCode(org.duckdb.DuckDBDriver.class)";
        users.make(plugins.resolve("a.jar"), factory("a", "a", identity), service("a"));
        users.make(folder.resolve("connectors/b/b.jar"), factory("b", "b", identity), service("b"));
        family("b", "source.b = b\n");

        Catalog catalog = Catalog.of(Families.in(folder)).with(plugins);

        assertThat(catalog.broken()).isEmpty();
        assertThat(summary(catalog, "a")).isPresent().isEqualTo(summary(catalog, "b"));
    }

    @Test
    void what_a_plug_in_throws_later_is_called_its_own_defect() {
        Path plugin = jars.make(plugins.resolve("p.jar"), factory("p", "star", "\"\""), service("p"));
        SourceFactory star = Catalog.of(Families.none())
                .with(plugins)
                .find(Kind.SOURCE, "star")
                .orElseThrow();

        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(() -> star.create(null, null));

        Optional<WisentException> told = PluginFailure.known(new RuntimeException("wrapped", thrown));
        assertThat(told.orElseThrow().what())
                .isEqualTo("a defect in plug-in " + plugin + ": IllegalStateException: no such planet");
        assertThat(told.get().code()).isEqualTo(ErrorCode.PLUGIN_FAILED);
        assertThat(PluginFailure.known(new IllegalStateException("ours"))).isEmpty();
    }

    @Test
    void a_folder_that_is_not_there_holds_no_plug_ins() {
        Catalog catalog = Catalog.of(Families.none()).with(folder.resolve("none"));

        assertThat(catalog.offers(Kind.SOURCE)).isEmpty();
        assertThat(catalog.broken()).isEmpty();
    }

    private void family(String name, String index) throws IOException {
        Path file = folder.resolve("connectors").resolve(name).resolve(FamilyIndex.FILE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "summary = a family\n" + index);
    }

    private void broken(Path plugin, String reason) {
        List<BrokenPlugin> broken = Catalog.of(Families.none()).with(plugins).broken();
        assertThat(broken).hasSize(1);
        assertThat(broken.getFirst().jar()).isEqualTo(plugin);
        assertThat(broken.getFirst().error().what()).contains(plugin.toString()).contains(reason);
    }

    private static WisentException refused(Runnable action, String what) {
        WisentException[] error = new WisentException[1];
        assertThatExceptionOfType(WisentException.class)
                .isThrownBy(action::run)
                .satisfies(e -> error[0] = e)
                .withMessageContaining(what);
        return error[0];
    }
}
