package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.cli.internal.alert.Hook;
import dev.wisent.cli.internal.config.Connectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A secret is planted somewhere in a pipeline file, and every command that reads pipelines or state is run: it stands in
/// nothing they tell, and in no file they leave behind.
@Execution(ExecutionMode.CONCURRENT)
class PlantedSecretsTest {
    /// Each line is a command; RUN is the last run, REJECT the first reject.
    private static final String COMMANDS = """
            check p.yml
            check p.yml --json
            plan p.yml
            plan p.yml --json
            preview p.yml
            preview p.yml --json
            discover p.yml --json
            doctor p.yml
            doctor p.yml --json
            secrets check p.yml --json
            run p.yml --log-level=debug
            run p.yml --log-format=json
            run p.yml --json
            rejects list p.yml
            rejects list p.yml --json
            rejects show p.yml REJECT
            rejects show p.yml REJECT --json
            rejects replay p.yml --json
            state p.yml
            state p.yml --json
            state --json
            state accept p.yml
            state accept p.yml --json
            state export
            runs
            runs --json
            runs show RUN
            runs show RUN --json
            logs p.yml
            logs p.yml --json
            stream reset p.yml
            """;
    private static final Pattern RUN = Pattern.compile("\"run_id\":\"([^\"]+)\"");
    private static final Pattern REJECT = Pattern.compile("\"id\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // transforms: of the label, of options, in what becomes of rows, in what is wrong with them
                "transforms: [{label: '${PLANTED}', cast: {note: int64}}]",
                "transforms: [{label: '${PLANTED}', drop: [note]}, {label: '${PLANTED}', drop: [id]}]",
                "transforms: [{label: a, mask: {customer_id: hash, note: redact}, salt: '${PLANTED}'}]",
                "transforms: [{label: a, mask: {customer_id: '${PLANTED}'}}]",
                "transforms: [{label: a, drop: ['${PLANTED}']}]",
                "transforms: [{label: a, cast: {'note': '${PLANTED}'}}]",
                "transforms: [{label: a, rename: {note: id, status: '${PLANTED}'}}]",
                "transforms: [{label: a, python: '${PLANTED}'}]",
                // alerting: the address in a reference, and in the file itself
                "alerting: {type: slack, log_levels: [debug], config: {webhook_url: '${HOOK}'}}",
                "alerting: {type: slack, log_levels: [debug], config: {webhook_url: 'HOOK_ADDRESS'}}",
                "alerting: {type: slack, config: {webhook_url: 'ftp://host/${PLANTED}'}}",
                "alerting: {type: '${PLANTED}', log_levels: ['${PLANTED}'], config: {webhook_url: 'ftp://T0PS3CRET-hook-path'}}",
                // streams, plug-ins, the state store, what is to come
                "streams: [{name: '${PLANTED}', source: {topic: '${PLANTED}'}, destination: {table_id: '${PLANTED}'}}]",
                "plugins: ['${PLANTED}']",
                "engine: {backend: {type: postgres, host: localhost, username: u, password: '${PLANTED}'}}",
                "engine: {backend: {type: postgres, config: {password: '${PLANTED}', url: 'postgres://u:${PLANTED}@h/d'}}}",
                "monitoring: {type: datadog, config: {datadog_agent_host: '${PLANTED}'}}",
                "secrets: {gsm: {project_id: '${PLANTED}'}}",
                "error_handling: {on_bad_record: '${PLANTED}', max_failures: '${PLANTED}'}",
                // a run that fails, and one that leaves something unpublished
                "source: {name: generator, stream: orders, rows: 40, page_size: 10, fail_at_page: 3, cursor_field: '${PLANTED}'}",
                "source: {name: files, stream: s, sync_mode: full_refresh, path: FOLDER/in.csv, null_value: '${PLANTED}', max_iterations: 1}",
                "source: {name: files, stream: s, path: FOLDER/in.csv, schema: {fields: [{name: id, type: int64, default: '${PLANTED}'}]}}",
                "source: {name: dummy, stream: creatures, sync_mode: stream, authentication: {type: oauth, params: {client_secret: '${PLANTED}'}}}",
                "destination: {name: file, alias: '${PLANTED}', config: {path: FOLDER/out/, unnest: true, record_schemas: [{destination_id: t, record_schema: [{name: id, type: int64, description: '${PLANTED}', default_value_expression: '${PLANTED}'}]}]}}",
            })
    void a_planted_secret_appears_nowhere(String planted) throws IOException {
        Files.writeString(folder.resolve("in.csv"), "id,note\n1,a\n2,b\nx,c\n");
        try (Hook hook = new Hook(500)) {
            Files.writeString(folder.resolve("p.yml"), pipeline(planted, hook));
            Terminal terminal = new Terminal(folder, Connectors.installed())
                    .with("PLANTED", "pl4nted-s3cret")
                    .with("HOOK", hook.address());
            String run = "none";
            String reject = "none";
            List<String> leaks = new ArrayList<>();
            for (String command : COMMANDS.lines().toList()) {
                terminal.run(
                        command.replace("RUN", run).replace("REJECT", reject).split(" ", -1));
                if (shows(terminal.out() + terminal.err())) {
                    leaks.add(command + ":\n" + terminal.out() + terminal.err());
                }
                run = found(RUN, terminal.out(), run);
                reject = command.startsWith("rejects list") ? found(REJECT, terminal.out(), reject) : reject;
            }
            hook.texts().stream().filter(PlantedSecretsTest::shows).forEach(leaks::add);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(f -> !f.endsWith("p.yml"))
                        .toList()) {
                    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    if (shows(text)) {
                        leaks.add(file + ":\n" + text);
                    }
                }
            }
            assertThat(leaks).isEmpty();
        }
    }

    /// A pipeline that works, with one section in place of its own.
    private String pipeline(String planted, Hook hook) {
        StringBuilder text = new StringBuilder("name: planted\n");
        section(text, planted, "source: {name: generator, stream: orders, rows: 40, page_size: 10}");
        section(text, planted, "destination: {name: file, config: {path: FOLDER/out/, commit_interval: 0.01}}");
        section(text, planted, "engine: {until_idle: 0.1, retry: {budget: 0.1}}");
        if (!text.toString().contains(planted)) {
            text.append(planted).append('\n');
        }
        return text.toString().replace("FOLDER", folder.toString()).replace("HOOK_ADDRESS", hook.address());
    }

    private static void section(StringBuilder text, String planted, String standard) {
        boolean same = planted.startsWith(standard.substring(0, standard.indexOf(':') + 1));
        text.append(same ? planted : standard).append('\n');
    }

    private static String found(Pattern pattern, String text, String before) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : before;
    }

    private static boolean shows(String text) {
        return text.contains("pl4nted") || text.contains(Hook.SECRET);
    }
}
