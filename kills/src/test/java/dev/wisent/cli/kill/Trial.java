package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.KillCase;
import dev.wisent.testkit.KillCase.Layout;
import dev.wisent.testkit.KillCase.Mode;
import dev.wisent.testkit.KillCase.Origin;
import dev.wisent.testkit.KillCase.Store;
import dev.wisent.testkit.KillCase.Yaml;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// A run that is killed, what happens until the next one, the next one, and what must be there then.
final class Trial {
    static final long ROWS = 20_000;
    private static final int PAGE = 100;
    /// So that 200 pages take two workers half a second, which is more than one commit.
    private static final int SLEEP_MILLIS = 5;
    /// A page no run gets to: the switch is there and does nothing.
    private static final int PAGE_NEVER_REACHED = 1_000_000;

    private final Path folder;
    private final KillCase kill;
    private final FolderOracle oracle;

    Trial(Path folder, KillCase kill) {
        this.folder = folder;
        this.kill = kill;
        this.oracle = kill.layout() == Layout.FOLDER
                ? FolderOracle.ofFolder(folder.resolve("out"))
                : FolderOracle.ofFile(folder.resolve("out.ndjson"));
    }

    FolderOracle oracle() {
        return oracle;
    }

    /// The command of the first run; its input is there.
    ChildCommand first() {
        if (kill.origin() == Origin.FILES) {
            EventFiles.writeEarly(folder);
        }
        PipelineYaml yaml = yaml();
        if (kill.origin() == Origin.GENERATOR) {
            yaml = yaml.source("sleep_ms", SLEEP_MILLIS);
        }
        if (kill.yaml() == Yaml.LOSES_SWITCH) {
            yaml = yaml.source("fail_at_page", PAGE_NEVER_REACHED);
        }
        yaml.write(folder);
        return ChildCommand.run(folder, PipelineYaml.FILE);
    }

    /// What changes between the runs, and the command of the next.
    ChildCommand next() throws IOException {
        if (kill.origin() == Origin.FILES) {
            EventFiles.writeLate(folder);
        }
        if (kill.store() == Store.DELETED) {
            for (String name : new String[] {"state.db", "state.db-wal", "state.db-shm"}) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
        switch (kill.yaml()) {
            case SAME -> {}
            case GAINS_SWITCH ->
                yaml().source("sleep_ms", 1)
                        .source("fail_at_page", PAGE_NEVER_REACHED)
                        .write(folder);
            case LOSES_SWITCH -> yaml().write(folder);
        }
        return ChildCommand.run(folder, PipelineYaml.FILE);
    }

    private PipelineYaml yaml() {
        PipelineYaml yaml = kill.origin() == Origin.GENERATOR
                ? PipelineYaml.orders(ROWS).source("page_size", PAGE).destination("commit_interval", "0.2")
                : PipelineYaml.files(EventFiles.GLOB)
                        .source("poll_interval", "0.05")
                        .destination("commit_interval", "0.01");
        return yaml.source("sync_mode", kill.mode().name().toLowerCase(Locale.ROOT))
                .destination("path", kill.layout() == Layout.FOLDER ? "out/" : "out.ndjson")
                .engine("runner", "{type: " + kill.runner().name().toLowerCase(Locale.ROOT) + "}")
                .engine("until_idle", 1)
                .store("state.db");
    }

    /// Rows that the next run must not read again. A full refresh goes on with the generation it finds, or begins anew.
    long kept() {
        return kill.mode() == Mode.FULL_REFRESH ? oracle.hiddenRows() : oracle.committedRows();
    }

    /// Nothing lost, nothing twice, nothing read again that was committed, nothing left behind.
    void holdsAfter(ChildResult rerun, long kept) {
        RowBag expected = kill.origin() == Origin.GENERATOR ? Uninterrupted.orders() : EventFiles.rows();
        holds(oracle, expected);
        assertThat(rerun.count("read")).as("rows read by the rerun").isEqualTo(expected.size() - kept);
        assertThat(rerun.count("written")).as("rows written by the rerun").isEqualTo(rerun.count("read"));
        assertThat(oracle.leftovers()).isEmpty();
    }

    static void holds(FolderOracle oracle, RowBag expected) {
        assertThat(oracle.byManifest().differences(expected)).as("by manifest").isEmpty();
        assertThat(oracle.byGlob().differences(expected)).as("by glob").isEmpty();
    }
}
