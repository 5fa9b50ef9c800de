package dev.wisent.cli.internal.command;

import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.StateStore;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import dev.wisent.cli.internal.console.Table;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.plugin.Catalog;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.Offer;
import dev.wisent.engine.plugin.Origin;
import dev.wisent.engine.state.SqliteStateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `doctor [FILE]`
final class DoctorCommand implements Command {
    private static final Path STATE = Path.of(".wisent/state.db");

    @Override
    public CommandSpec spec() {
        return Options.loading(Options.command(
                        this,
                        "doctor",
                        "Looks at what Wisent stands on: Java, start-up cache, memory, disks, clock, state store, connectors.",
                        "wisent doctor                            # the machine and the working folder",
                        "wisent doctor examples/quickstart.yml    # and what this pipeline needs",
                        "wisent doctor --json")
                .addPositional(Options.optionalFile(
                        "A pipeline file whose state store, source and destination are looked at too."))
                .addOption(Options.stateDb()));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        List<Finding> findings = new ArrayList<>(Machine.findings());
        List<WisentException> errors = new ArrayList<>();
        Catalog catalog = shell.connectors().get().catalog();
        Kind.all().forEach(kind -> findings.add(parts(kind, catalog)));
        catalog.broken()
                .forEach(broken -> findings.add(Finding.warning(
                        "plug-in", broken.jar() + ": " + broken.error().what())));
        findings.add(Machine.disk("temporary files", Path.of(System.getProperty("java.io.tmpdir"))));
        if (Options.positional(parsed).isEmpty()) {
            Path state = shell.folder()
                    .resolve(Options.path(parsed, Options.STATE_DB).orElse(STATE));
            findings.add(Machine.disk("working folder", shell.folder().toAbsolutePath()));
            findings.add(found("state store", errors, shell, () -> store(state)));
        } else {
            pipeline(Pipelines.one(parsed, shell), parsed, shell, findings, errors);
        }
        tell(findings, Options.isJson(parsed), shell.console());
        errors.forEach(error -> shell.console().tell(error));
        return errors.isEmpty() ? 0 : errors.getFirst().code().fault().exitCode();
    }

    private static <F> Finding parts(Kind<F> kind, Catalog catalog) {
        List<String> names = new ArrayList<>();
        for (Offer<F> offer : catalog.offers(kind)) {
            boolean leftOut = offer.origin() instanceof Origin.Family(var family, var availability)
                    && availability == Origin.Availability.LEFT_OUT;
            names.add(leftOut ? offer.name() + " (left out)" : offer.name());
        }
        return Finding.ok(kind.word().replace('-', ' ') + "s", names.isEmpty() ? "none" : String.join(", ", names));
    }

    private static void pipeline(
            PipelineSpec spec, ParseResult parsed, Shell shell, List<Finding> findings, List<WisentException> errors) {
        Pipeline pipeline = EngineInput.of(spec, shell.folder());
        findings.add(Finding.ok("configuration", spec.file()));
        findings.add(Machine.disk("rejects", pipeline.rejects()));
        try (StateStore nothing = SqliteStateStore.inMemory();
                Destination destination = PipelineRun.destination(pipeline, nothing)) {
            findings.add(found("state store", errors, shell, () -> {
                Pipelines.existingStore(spec, parsed, shell).ifPresent(StateStore::close);
                return Pipelines.storeName(spec, parsed, shell);
            }));
            findings.add(found("source", errors, shell, () -> {
                spec.source().source().check();
                return spec.source().connector() + " answers";
            }));
            findings.add(found("destination", errors, shell, () -> {
                destination.progress(pipeline.stream());
                return spec.destination().connector() + " answers";
            }));
            String location = destination.location(pipeline.stream());
            if (location.startsWith("/")) {
                findings.add(Machine.disk("output", Path.of(location)));
            }
        } finally {
            spec.source().source().close();
        }
    }

    private static String store(Path file) {
        if (!Files.exists(file)) {
            return "none here yet, the first run makes " + file;
        }
        try (StateStore store = SqliteStateStore.open(file)) {
            return file + ", "
                    + Amounts.count(store.runs(Optional.empty(), 1_000).size(), "run") + ", "
                    + Amounts.count(store.leases().size(), "lease") + " held";
        }
    }

    private static Finding found(String name, List<WisentException> errors, Shell shell, Supplier<String> work) {
        try {
            return Finding.ok(name, work.get());
        } catch (RuntimeException failure) {
            WisentException error = shell.console().masked(ErrorText.known(failure));
            errors.add(error);
            return new Finding(name, Finding.State.FAILED, error.code().id() + " " + error.what());
        }
    }

    private static void tell(List<Finding> findings, boolean json, Console console) {
        if (json) {
            ObjectNode node = Json.versioned()
                    .put("ok", findings.stream().allMatch(finding -> finding.state() != Finding.State.FAILED));
            ArrayNode list = node.putArray("findings");
            findings.forEach(finding -> list.addObject()
                    .put("name", finding.name())
                    .put("state", finding.state().name().toLowerCase(Locale.ROOT))
                    .put("detail", finding.detail()));
            console.result(node.toString());
            return;
        }
        Table table = new Table("LOOKED AT", "", "");
        findings.forEach(finding ->
                table.row(finding.name(), finding.state().name().toLowerCase(Locale.ROOT), finding.detail()));
        table.lines().forEach(console::result);
    }
}
