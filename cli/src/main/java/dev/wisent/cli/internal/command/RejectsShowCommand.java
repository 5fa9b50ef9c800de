package dev.wisent.cli.internal.command;

import dev.wisent.api.Reject;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.config.PipelineSpec;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.cli.internal.console.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `rejects show FILE ID`
final class RejectsShowCommand implements Command {
    private static final String RAW = "--raw";
    private static final int BYTES_A_LINE = 16;

    @Override
    public CommandSpec spec() {
        return Options.onPipeline(Options.command(
                        this,
                        "show",
                        "One reject: where it stood, why it could not be processed, and its bytes as they came.",
                        "wisent rejects show pipeline.yml ID",
                        "wisent rejects show pipeline.yml ID --raw")
                .addPositional(PositionalParamSpec.builder()
                        .index("1")
                        .paramLabel("ID")
                        .type(String.class)
                        .required(true)
                        .description("As 'wisent rejects list' names it.")
                        .build())
                .addOption(Options.flag(RAW, "Only the bytes, as they came."))
                .addOption(Options.stateDb()));
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        PipelineSpec spec = Pipelines.one(parsed, shell);
        String id = parsed.matchedPositionalValue(1, "");
        List<NamedRejects.Named> found = new ArrayList<>();
        NamedRejects.of(spec, parsed, shell).each(named -> {
            if (named.kept().id().equals(id)) {
                found.add(named);
            }
        });
        NamedRejects.Named named = Optional.of(found)
                .filter(list -> !list.isEmpty())
                .map(List::getFirst)
                .orElseThrow(() -> WisentException.of(ErrorCode.USAGE, "there is no reject '" + id + "'")
                        .where(spec.file())
                        .tried("the rejects that commits name")
                        .hint("the list shows the id of each, with --all those that were replayed, too")
                        .next("wisent rejects list FILE --all"));
        if (parsed.hasMatchedOption(RAW)) {
            raw(named.kept().reject().raw(), shell.console());
        } else if (Options.isJson(parsed)) {
            shell.console()
                    .result(Json.versioned().setAll(RejectText.json(named)).toString());
        } else {
            text(named, shell.console());
        }
        return 0;
    }

    private static void raw(byte[] bytes, Console console) {
        try (OutputStream out = console.rows()) {
            out.write(bytes);
        } catch (IOException e) {
            throw WisentException.of(ErrorCode.WRITE_FAILED, "stdout was closed")
                    .causedBy(e);
        }
    }

    private static void text(NamedRejects.Named named, Console console) {
        Reject reject = named.kept().reject();
        List<String> lines = RejectText.lines(named);
        lines.stream().filter(line -> !line.startsWith("  raw:")).forEach(console::result);
        if (reject.raw().length == 0) {
            console.result("  raw:    none: a whole input, not a record");
            console.result("  replay: not possible: the input's records are not kept");
            return;
        }
        console.result("  raw:    " + Amounts.count(reject.rawBytes(), "byte")
                + (reject.isComplete() ? "" : ", of which " + Amounts.count(reject.raw().length) + " are kept"));
        if (isText(reject.raw())) {
            new String(reject.raw(), StandardCharsets.UTF_8).lines().forEach(line -> console.result("    " + line));
        } else {
            hex(reject.raw()).forEach(line -> console.result("    " + line));
        }
        if (!reject.isComplete()) {
            console.result("  replay: not possible: not all bytes are kept");
        } else if (!named.isReplayed()) {
            console.result("  next:   mend what the message says (a type, a contract, a transform), then");
            console.result("          " + console.concrete("wisent rejects replay FILE"));
        }
    }

    private static boolean isText(byte[] raw) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .codePoints()
                    .allMatch(c -> c == '\n' || c == '\r' || c == '\t' || !Character.isISOControl(c));
        } catch (CharacterCodingException binary) {
            return false;
        }
    }

    /// Offset, bytes, and what is printable of them.
    private static List<String> hex(byte[] raw) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < raw.length; from += BYTES_A_LINE) {
            StringBuilder bytes = new StringBuilder();
            StringBuilder text = new StringBuilder();
            for (int i = from; i < Math.min(raw.length, from + BYTES_A_LINE); i++) {
                bytes.append("%02x ".formatted(raw[i]));
                text.append(raw[i] >= ' ' && raw[i] < 127 ? (char) raw[i] : '.');
            }
            lines.add("%08x  %-48s %s".formatted(from, bytes, text));
        }
        return lines;
    }
}
