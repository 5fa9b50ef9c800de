package dev.wisent.cli.internal.command;

import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.LaneView;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.destination.Destination;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Console;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `state [FILE]`, `state show FILE`
final class StateCommand implements Command {
    /// More are counted, not listed; `--json` lists all.
    private static final int SPLITS_SHOWN = 20;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                this,
                "state",
                "How far a pipeline is, as its destination says; without FILE: the streams a state store knows.",
                "wisent state                  # the streams of the working folder's state store",
                "wisent state pipeline.yml     # lanes, generations, splits and their positions; the same as state show",
                "wisent state export > all.json");
        Stores.choosing(spec)
                .addOption(Options.stream())
                .addPositional(Options.optionalFile("The pipeline file; without it the streams a state store knows."));
        CommandSpec show = Options.onPipeline(Options.command(
                        this,
                        "show",
                        "How far a pipeline is, as its destination says: lanes, generations, splits and their positions.",
                        "wisent state show pipeline.yml",
                        "wisent state show pipeline.yml --json | jq .live.splits")
                .addOption(Options.stateDb()));
        CommandSpec accept = new StateAcceptCommand().spec();
        CommandSpec export = new StateExportCommand().spec();
        return spec.addSubcommand(show.name(), show)
                .addSubcommand(accept.name(), accept)
                .addSubcommand(export.name(), export);
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        if (Stores.file(parsed).isEmpty()) {
            StateStreams.tell(parsed, shell);
            return 0;
        }
        PipelineSpec spec = Pipelines.load(parsed, shell);
        boolean json = Options.isJson(parsed);
        if (spec.several().isEmpty()) {
            ProgressReading reading = ProgressReading.of(spec, parsed, shell);
            if (json) {
                shell.console().result(json(Json.versioned(), spec, reading).toString());
            } else {
                text(spec, reading, shell.console());
            }
            return 0;
        }
        ObjectNode node = Json.versioned().put("pipeline", spec.name()).put("pipeline_id", spec.id());
        ArrayNode streams = node.putArray("streams");
        Pipelines.each(spec).forEach(one -> {
            ProgressReading reading = ProgressReading.of(one, parsed, shell);
            if (json) {
                streams.add(json(Json.object(), one, reading));
            } else {
                text(one, reading, shell.console());
                shell.console().result("");
            }
        });
        if (json) {
            shell.console().result(node.toString());
        }
        return 0;
    }

    private static void text(PipelineSpec spec, ProgressReading reading, Console console) {
        console.result("pipeline     " + spec.name() + ", id " + spec.id());
        console.result("stream       " + spec.source().settings().stream());
        console.result("kept by      "
                + (reading.kept() == ProgressReading.Kept.DESTINATION
                        ? "the destination"
                        : "the state store: the destination keeps none"));
        ProgressView view = reading.view();
        new TreeMap<>(view.lanes()).forEach((id, lane) -> console.result("lane " + id + "       " + lane(lane)));
        content("live", view.live(), "", console);
        view.open()
                .ifPresentOrElse(
                        open -> content("open", open.content(), kind(open), console),
                        () -> console.result("open         none"));
        console.result("stored copy  "
                + reading.stored()
                        .map(text -> Amounts.count(text.length(), "character"))
                        .orElse("none"));
    }

    private static String kind(OpenGeneration open) {
        return switch (open.generation().kind()) {
            case REPLACE -> ", will replace the live one";
            case APPEND -> ", will join the live one";
        };
    }

    private static String lane(LaneView lane) {
        return "commit " + lane.last()
                + lane.claimant()
                        .map(by -> ", claimed under " + lane.claimedAt() + " by " + Destination.describe(by))
                        .orElse("");
    }

    private static void content(String name, GenerationView view, String kind, Console console) {
        long finished =
                view.splits().values().stream().filter(SplitView::finished).count();
        console.result(name + "         generation " + view.id() + kind + ": "
                + Amounts.count(view.splits().size(), "split") + ", " + Amounts.count(finished) + " finished, "
                + Amounts.count(view.counts().written(), "row") + " written, "
                + Amounts.count(view.counts().rejected()) + " rejected");
        Map<SplitId, SplitView> splits = new TreeMap<>(view.splits());
        splits.entrySet().stream()
                .limit(SPLITS_SHOWN)
                .forEach(split -> console.result("  split " + split.getKey() + " at "
                        + Amounts.count(split.getValue().position().ordinal()) + token(split.getValue())
                        + (split.getValue().finished() ? ", finished" : "")));
        if (splits.size() > SPLITS_SHOWN) {
            console.result("  … and " + Amounts.count(splits.size() - SPLITS_SHOWN) + " more (--json lists all)");
        }
    }

    private static String token(SplitView split) {
        String token = split.position().token();
        return token.isEmpty() ? "" : " (" + token + ")";
    }

    private static ObjectNode json(ObjectNode node, PipelineSpec spec, ProgressReading reading) {
        node.put("pipeline", spec.name())
                .put("pipeline_id", spec.id())
                .put("stream", spec.source().settings().stream().name())
                .put("kept_by", reading.kept().name().toLowerCase(Locale.ROOT));
        ProgressView view = reading.view();
        ArrayNode lanes = node.putArray("lanes");
        new TreeMap<>(view.lanes()).forEach((id, lane) -> {
            ObjectNode entry = lanes.addObject()
                    .put("lane", id.number())
                    .put("last", lane.last())
                    .put("claimed_at", lane.claimedAt());
            lane.claimant()
                    .ifPresent(by -> entry.put("run_id", by.run().value())
                            .put("host", by.host())
                            .put("pid", by.pid())
                            .put("since", by.at().toString()));
        });
        node.set("live", content(view.live()));
        view.open()
                .ifPresent(open -> node.set(
                        "open",
                        content(open.content())
                                .put("kind", open.generation().kind().name().toLowerCase(Locale.ROOT))));
        node.put("stored_copy", reading.stored().isPresent());
        return node;
    }

    private static ObjectNode content(GenerationView view) {
        ObjectNode node = Json.object()
                .put("generation", view.id().number())
                .put("read", view.counts().read())
                .put("added", view.counts().added())
                .put("written", view.counts().written())
                .put("rejected", view.counts().rejected())
                .put("filtered", view.counts().filtered())
                .put("deduplicated", view.counts().deduplicated());
        ArrayNode splits = node.putArray("splits");
        new TreeMap<>(view.splits())
                .forEach((id, split) -> splits.addObject()
                        .put("split", id.value())
                        .put("ordinal", split.position().ordinal())
                        .put("token", split.position().token())
                        .put("finished", split.finished()));
        ArrayNode rejects = node.putArray("rejects");
        view.rejects()
                .forEach(file -> rejects.addObject().put("path", file.path()).put("count", file.count()));
        return node;
    }
}
