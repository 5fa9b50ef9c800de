package dev.wisent.cli.internal.console;

import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.config.Secrets;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The two streams of the process. Safe for several threads.
public final class Console {
    private static final int BUFFER = 8 << 10;
    private static final Consumer<ObjectNode> FORGETTING = event -> {};
    private static final String NO_WRAPPING = "\u001b[?7l";
    private static final String WRAPPING = "\u001b[?7h";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream out;
    private final PrintStream err;
    private final Mode mode;
    private final Results results;
    private final ScreenSize.Teller size;
    /// What is drawn on the terminal below all that was told, line by line; guarded by this.
    private List<String> drawn = List.of();
    private volatile Secrets secrets = Secrets.NONE;
    private volatile LogLevel level = LogLevel.INFO;
    private volatile Format format = Format.TEXT;
    private volatile Situation situation = Situation.NONE;
    private volatile Consumer<ObjectNode> keeper = FORGETTING;

    /// How stderr may be written.
    public enum Mode {
        /// Lines only: a file, a pipe.
        PLAIN,
        /// A terminal that asked for no colour.
        TERMINAL,
        COLOUR
    }

    /// How stderr is written.
    public enum Format {
        TEXT,
        /// An object a line, for programs: `docs/reference/cli.md` lists them.
        JSON
    }

    /// Who reads stdout.
    public enum Results {
        /// A file, a pipe, a program.
        LINES,
        /// Somebody at a terminal.
        TERMINAL
    }

    private Console(PrintStream out, PrintStream err, Mode mode, Results results, ScreenSize.Teller size) {
        this.out = out;
        this.err = err;
        this.mode = mode;
        this.results = results;
        this.size = size;
    }

    /// The streams the process was started with.
    public static Console ofProcess(Map<String, String> environment) {
        PrintStream out = new PrintStream(
                new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                false,
                StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
        return new Console(
                out,
                err,
                mode(environment),
                isTerminal(1) && !dumb ? Results.TERMINAL : Results.LINES,
                ScreenSize.ofTerminal(environment));
    }

    public static Console of(OutputStream out, OutputStream err, Mode mode) {
        return of(out, err, mode, Results.LINES);
    }

    public static Console of(OutputStream out, OutputStream err, Mode mode, Results results) {
        return of(out, err, mode, results, () -> ScreenSize.USUAL);
    }

    static Console of(OutputStream out, OutputStream err, Mode mode, Results results, ScreenSize.Teller size) {
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                mode,
                results,
                size);
    }

    private static Mode mode(Map<String, String> environment) {
        if (!isTerminal(2) || environment.getOrDefault("TERM", "").equals("dumb")) {
            return Mode.PLAIN;
        }
        return environment.getOrDefault("NO_COLOR", "").isEmpty() ? Mode.COLOUR : Mode.TERMINAL;
    }

    /// Java only tells about stdin and stdout together; Linux tells about each.
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            java.io.Console console = System.console();
            return console != null && console.isTerminal();
        }
    }

    public Mode mode() {
        return mode;
    }

    public Results results() {
        return results;
    }

    /// How many characters a line of the terminal takes.
    public int width() {
        return size.now().columns();
    }

    ScreenSize size() {
        return size.now();
    }

    /// From now on these are masked in everything that is told on stderr.
    public void hide(Secrets found) {
        secrets = found;
    }

    /// Less than `least` is not told.
    public void level(LogLevel least) {
        level = least;
    }

    public boolean tells(LogLevel of) {
        return of.compareTo(level) >= 0;
    }

    /// `text` without secrets.
    public String masked(String text) {
        return secrets.mask(text);
    }

    /// What the process was asked to do: errors that don't say where they happened say this.
    public void asked(Situation now) {
        situation = now;
    }

    /// The command `next` with the pipeline file in it, where there is one.
    public String concrete(String next) {
        return masked(situation.concrete(next));
    }

    /// `error` as it is told: without secrets, with every part.
    public WisentException masked(WisentException error) {
        WisentException masked = WisentException.of(error.code(), masked(error.what()))
                .where(masked(error.where().isBlank() ? situation.command() : error.where()))
                .tried(masked(error.tried()))
                .hint(concrete(error.hint()))
                .next(concrete(error.next()));
        Throwable cause = error.getCause();
        return cause == null ? masked : masked.causedBy(cause);
    }

    /// A line of the result, as it is: names and paths in it stay what they are. Errors in it were
    /// [masked][#masked(WisentException)].
    public void result(String line) {
        if (results == Results.TERMINAL) {
            erase();
        }
        out.println(line);
    }

    /// Stdout itself, for destinations that show rows: what they write is data, and goes out as it is. Closing it only flushes.
    public OutputStream rows() {
        return new Unclosed(out, results == Results.TERMINAL);
    }

    /// Stderr itself, for destinations that show rows when stdout is taken.
    public OutputStream talks() {
        return new Unclosed(err, mode != Mode.PLAIN);
    }

    public Format format() {
        return format;
    }

    public void format(Format next) {
        format = next;
    }

    /// From now on `all` is given each event, of every level, whatever is told.
    public void keep(Consumer<ObjectNode> all) {
        keeper = all;
    }

    /// Events are only told from now on.
    public void keepNone() {
        keeper = FORGETTING;
    }

    /// A line for whoever watches.
    public void talk(String line) {
        talk(LogLevel.INFO, line);
    }

    /// The same, if it matters enough.
    public void talk(LogLevel of, String line) {
        ObjectNode event = node(of, "message").put("message", masked(line));
        keeper.accept(event);
        show(of, line, event);
    }

    /// The same about keeping events itself, which is not kept.
    public void aside(LogLevel of, String line) {
        show(of, line, node(of, "message").put("message", masked(line)));
    }

    private void show(LogLevel of, String line, ObjectNode event) {
        if (tells(of)) {
            line(format == Format.JSON ? event.toString() : masked(line));
        }
    }

    /// A line for people that says what an event says too: nothing in [Format#JSON].
    public void show(String line) {
        if (tells(LogLevel.INFO) && format == Format.TEXT) {
            line(masked(line));
        }
    }

    /// A sign in front of what a person types, at a terminal.
    public synchronized void prompt() {
        if (mode != Mode.PLAIN && format == Format.TEXT) {
            err.print("> ");
            err.flush();
        }
    }

    /// An error, [masked][#masked(WisentException)] if it is not yet.
    public void tell(WisentException raw) {
        WisentException error = masked(raw);
        ObjectNode event = node(LogLevel.ERROR, "error");
        event.set("error", ErrorText.json(error));
        keeper.accept(event);
        line(format == Format.JSON ? event.toString() : ErrorText.lines(error, mode));
    }

    /// Something that happened, told as an object on a line of stderr in [Format#JSON] only.
    ///
    /// @param fields puts what the event has besides version, time, level and name; without secrets
    public void event(LogLevel of, String name, Consumer<ObjectNode> fields) {
        ObjectNode event = node(of, name);
        fields.accept(event);
        keeper.accept(event);
        if (format == Format.JSON && tells(of)) {
            line(event.toString());
        }
    }

    /// The beginning of each event.
    public static ObjectNode node(LogLevel of, String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("version", 1)
                .put("at", Instant.now().toString())
                .put("level", of.name().toLowerCase(Locale.ROOT))
                .put("event", name);
    }

    /// Draws lines below all that was told, over those drawn last: in one write, each line clearing only what it leaves of the
    /// one before, so that nothing flickers. Only for a terminal. What is told next clears them.
    synchronized void draw(List<String> lines) {
        List<String> next = lines.stream().map(this::masked).toList();
        StringBuilder text = new StringBuilder(NO_WRAPPING).append(over());
        next.forEach(line -> text.append(line).append(CLEAR_LINE).append('\n'));
        err.print(text.append(CLEAR_BELOW).append(WRAPPING));
        err.flush();
        drawn = next;
    }

    /// Clears what is drawn.
    synchronized void erase() {
        if (!drawn.isEmpty()) {
            err.print(over() + CLEAR_BELOW);
            err.flush();
            drawn = List.of();
        }
    }

    private synchronized void line(String text) {
        erase();
        err.println(text);
    }

    /// To the start of what was drawn last. In a window that became narrower its lines take several.
    private String over() {
        if (drawn.isEmpty()) {
            return "";
        }
        int columns = size.now().columns();
        int rows = drawn.stream()
                .mapToInt(line -> Math.max(1, Math.ceilDiv(Grid.width(line), columns)))
                .sum();
        return "\u001b[" + rows + "A\r";
    }

    /// Everything told so far has left the process. False: some of it could not be written.
    public boolean flush() {
        boolean written = !out.checkError();
        err.flush();
        return written;
    }

    private final class Unclosed extends OutputStream {
        private final PrintStream target;
        private final boolean shown;

        /// @param shown whether what is drawn stands in the way
        Unclosed(PrintStream target, boolean shown) {
            this.target = target;
            this.shown = shown;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            if (shown) {
                erase();
            }
            target.write(data, offset, length);
            failed();
        }

        @Override
        public void flush() throws IOException {
            target.flush();
            failed();
        }

        @Override
        public void close() throws IOException {
            flush();
        }

        private void failed() throws IOException {
            // PrintStream keeps silent about failures; looking for them flushes, so rows reach a pipe as they come
            if (target.checkError()) {
                throw new IOException("the output was closed");
            }
        }
    }
}
