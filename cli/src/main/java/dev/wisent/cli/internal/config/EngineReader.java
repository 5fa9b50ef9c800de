package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.cli.internal.config.PipelineSpec.Backend;
import dev.wisent.cli.internal.config.PipelineSpec.EnginePart;
import dev.wisent.cli.internal.config.PipelineSpec.Publish;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Reads `engine:`.
final class EngineReader {
    private static final Path STATE = Path.of(".wisent/state.db");
    private static final List<String> SHARED_KEYS = List.of("database", "schema", "syncCursorInDBEvery", "echoEngine");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /// More threads than any machine has cores is a slip.
    private static final int MOST_WORKERS = 1024;

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration EXPIRY = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration RETRY_BUDGET = Duration.ofSeconds(300);

    private final ConfigSection engine;
    private final Warnings warnings;
    private final ConfigProblems problems;

    EngineReader(ConfigSection engine, Warnings warnings, ConfigProblems problems) {
        this.engine = engine;
        this.warnings = warnings;
        this.problems = problems;
    }

    EnginePart read(Optional<Runner> overriding) {
        Backend backend = engine.section("backend").map(this::backend).orElse(new Backend.Sqlite(STATE));
        engine.section("queue").ifPresent(this::queue);
        Optional<ConfigSection> runner = engine.section("runner");
        Runner type = overriding.or(() -> runner.map(this::runner)).orElse(Runner.THREAD);
        int workers = runner.flatMap(this::runnerConfig)
                .orElseGet(() -> Runtime.getRuntime().availableProcessors());
        Optional<ConfigSection> lease = engine.section("lease");
        Duration heartbeat = lease.map(l -> l.seconds("heartbeat", HEARTBEAT)).orElse(HEARTBEAT);
        Duration expiry = lease.map(l -> l.seconds("expiry", EXPIRY)).orElse(EXPIRY);
        if (heartbeat.isZero() || expiry.compareTo(heartbeat.multipliedBy(2)) < 0) {
            lease.ifPresent(l -> l.problem(
                    "heartbeat",
                    "the heartbeat must be more than 0, and expiry at least twice as long",
                    "the defaults are heartbeat 5 and expiry 30"));
        }
        lease.ifPresent(ConfigSection::done);
        Optional<ConfigSection> retry = engine.section("retry");
        Duration budget = retry.map(r -> r.seconds("budget", RETRY_BUDGET)).orElse(RETRY_BUDGET);
        retry.ifPresent(ConfigSection::done);
        String prefix = engine.text("envelope_prefix", "wisent");
        if (!PREFIX.matcher(prefix).matches()) {
            engine.problem("envelope_prefix", "must be a word of letters, digits and _", "");
        }
        EnginePart part = new EnginePart(
                backend,
                type,
                workers,
                prefix,
                heartbeat,
                expiry,
                engine.seconds("grace", GRACE),
                budget,
                engine.seconds("until_idle", Duration.ZERO),
                memory(),
                engine.optionalChoice("publish", Publish.class));
        engine.done();
        return part;
    }

    private OptionalLong memory() {
        long bytes = engine.megabytes("memory_budget", -1);
        if (bytes == 0) {
            engine.problem("memory_budget", "must be more than 0 MB", "leave it out to use 40 % of the heap");
        }
        return bytes <= 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private Backend backend(ConfigSection backend) {
        String type = Names.lower(backend, "type", "sqlite");
        if (!Names.usable(
                backend, "type", type, List.of("sqlite", "sqlite_in_memory"), List.of("postgres", "bigquery"))) {
            return new Backend.InMemory();
        }
        ConfigSection config = backend.section("config")
                .orElseGet(() -> ConfigSection.absent(backend.path() + ".config", backend.place(), problems));
        Backend.Sqlite sqlite = new Backend.Sqlite(STATE);
        for (String key : SHARED_KEYS) {
            boolean both = backend.has(key) && config.has(key);
            if (both) {
                backend.problem(key, "'" + key + "' stands beside 'type' and under 'config'", "keep one of them");
            }
            ConfigSection holder = backend.has(key) ? backend : config;
            if (key.equals("database")) {
                sqlite = holder.optionalText(key)
                        .map(path -> new Backend.Sqlite(path(holder, path)))
                        .orElse(sqlite);
            } else {
                warnings.meaningless(holder, key, "the SQLite store needs no such setting");
            }
        }
        config.done();
        backend.done();
        return type.equals("sqlite") ? sqlite : new Backend.InMemory();
    }

    private static Path path(ConfigSection section, String text) {
        try {
            if (text.isBlank()) {
                throw new InvalidPathException(text, "blank");
            }
            return Path.of(text);
        } catch (InvalidPathException notAPath) {
            section.problem("database", "must be the path of a file", "the default is .wisent/state.db");
            return STATE;
        }
    }

    private void queue(ConfigSection queue) {
        String type = Names.lower(queue, "type", "memory");
        if (!Names.usable(queue, "type", type, List.of("memory", "python_queue"), List.of("kafka", "rabbitmq"))) {
            return;
        }
        queue.section("config").ifPresent(config -> {
            for (String key : List.of("max_nb_messages", "queue", "consumer")) {
                warnings.meaningless(config, key, "what waits is bounded in bytes (engine.memory_budget)");
            }
            config.done();
        });
        queue.done();
    }

    private Runner runner(ConfigSection runner) {
        String type = Names.lower(runner, "type", "thread");
        Names.usable(runner, "type", type, List.of("thread", "stream"), List.of("process", "flink"));
        return type.equals("stream") ? Runner.STREAM : Runner.THREAD;
    }

    /// The number of workers, if it is told; and the keys that are not the runner's type.
    private Optional<Integer> runnerConfig(ConfigSection runner) {
        runner.ignore("type");
        runner.optionalText("log_level").filter(l -> LogLevel.of(l).isEmpty()).ifPresent(l -> logLevel(runner));
        Optional<ConfigSection> config = runner.section("config");
        Optional<Integer> workers = config.flatMap(c -> c.has("max_workers")
                ? Optional.of((int) c.integer("max_workers", 1, 1, MOST_WORKERS))
                : Optional.empty());
        config.ifPresent(c -> {
            warnings.meaningless(c, "consumer_start_delay", "nothing waits before it starts");
            warnings.meaningless(c, "is_alive_check_interval", "a failure is noticed at once");
            c.done();
        });
        runner.done();
        return workers;
    }

    static void logLevel(ConfigSection section) {
        section.problem("log_level", "must be one of trace, debug, info, warning, error, critical", "");
    }
}
