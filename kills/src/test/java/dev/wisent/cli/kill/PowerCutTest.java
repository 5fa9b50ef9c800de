package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.FolderOracle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A power cut takes what was not synced. So before each step that others rely on, what it relies on must be synced: shown
/// with the calls a run makes to the system, in their order.
class PowerCutTest {
    private static final Pattern PART = Pattern.compile("[^\"\\\\/]*-c\\d+-w\\d+-\\d+\\.ndjson");
    private static final Pattern REJECTS = Pattern.compile("[^\"\\\\/]*-l\\d+-w\\d+-\\d+\\.ndjson");

    @TempDir
    Path folder;

    private Path bookkeeping;
    private Path rejects;
    private Path trace;
    private final List<String> risks = new ArrayList<>();
    private Optional<Path> decision = Optional.empty();
    private int decided;
    private int shown;
    private int rejected;
    private int removed;

    @BeforeEach
    void needsStrace() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "strace is not installed");
        folder = folder.toRealPath();
        bookkeeping = folder.resolve("out/.wisent");
        rejects = folder.resolve("rejects");
        trace = folder.resolve("trace");
    }

    @Test
    void what_a_commit_names_is_synced_before_it_and_it_is_synced_before_anything_is_shown() throws IOException {
        for (int file = 0; file < 4; file++) {
            Files.writeString(folder.resolve("in-" + file + ".ndjson"), "{\"id\":" + file + "}\nno JSON\n");
        }
        Files.writeString(folder.resolve(PipelineYaml.FILE), """
                name: trial
                source: {name: files, stream: events, path: "in-*.ndjson"}
                destination: {name: file, config: {path: out/, buffer_size: 0}}
                error_handling: {dlq_path: rejects/}
                """);
        run(1_000);

        DiskTrace.play(trace, folder, this::commits);
        assertThat(risks).isEmpty();
        assertThat(decided).as("commits seen").isGreaterThan(1);
        assertThat(shown).as("parts shown").isPositive();
        assertThat(rejected).as("reject files named").isPositive();
        assertThat(FolderOracle.ofFolder(folder.resolve("out")).byManifest().size())
                .isEqualTo(4);
    }

    private void commits(String call, Path from, Path to, DiskTrace disk) {
        if (call.equals("link") && name(to).startsWith("manifest-")) {
            decided++;
            risks.addAll(disk.contentAtRisk(from));
            String manifest = read(to);
            for (String part : names(PART, manifest)) {
                risks.addAll(disk.atRisk(bookkeeping.resolve("parts").resolve(part)));
            }
            for (String file : names(REJECTS, manifest)) {
                rejected++;
                risks.addAll(disk.atRisk(rejects.resolve(file)));
                risks.addAll(disk.nameAtRisk(rejects));
            }
            decision.ifPresent(before -> risks.addAll(disk.nameAtRisk(before)));
            decision = Optional.of(to);
        } else if (call.equals("rename") && from.startsWith(bookkeeping.resolve("parts"))) {
            shown++;
            decision.ifPresent(by -> risks.addAll(disk.nameAtRisk(by)));
        }
    }

    @Test
    void a_base_is_synced_before_what_it_replaces_is_removed() {
        PipelineYaml.orders(2_000)
                .source("sync_mode", "stream")
                .source("page_size", 20)
                .source("sleep_ms", 3)
                .destination("commit_interval", "0.02")
                .engine("until_idle", "0.5")
                .write(folder);
        run(3);

        DiskTrace.play(trace, folder, this::bases);
        assertThat(risks).isEmpty();
        assertThat(removed).as("manifests removed").isPositive();
    }

    private void bases(String call, Path from, Path to, DiskTrace disk) {
        if (call.equals("rename") && name(to).startsWith("base-")) {
            risks.addAll(disk.contentAtRisk(from));
            decision = Optional.of(to);
        } else if (call.equals("unlink") && name(from).startsWith("manifest-")) {
            removed++;
            risks.addAll(disk.nameAtRisk(decision.orElseThrow()));
        }
    }

    private void run(int baseEvery) {
        ChildCommand.run(folder, PipelineYaml.FILE)
                .withJvm("-Dwisent.file.base_every=" + baseEvery)
                .startedBy(DiskTrace.tracer(trace))
                .result()
                .exits(0);
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static List<String> names(Pattern kind, String manifest) {
        return kind.matcher(manifest)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    private static String read(Path manifest) {
        try {
            return Files.readString(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
