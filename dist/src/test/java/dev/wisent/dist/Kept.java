package dev.wisent.dist;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/// `wisent` of a distribution in one JVM that is asked again and again, for commands of which nothing but the answer counts: a
/// start for each takes ten times as long as what they do. One command at a time.
final class Kept implements AutoCloseable {
    /// @param text what it printed, results and talk
    record Answer(int exitCode, String text) {}

    private final Process process;
    private final DataOutputStream questions;
    private final DataInputStream answers;

    private Kept(Process process) {
        this.process = process;
        this.questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.answers = new DataInputStream(process.getInputStream());
    }

    /// @param folder what relative paths of sources and destinations start from
    static Kept start(Unpacked wisent, Path folder, Map<String, String> environment) throws IOException {
        String tests = Path.of(Kept.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dwisent.home=" + wisent.home(),
                        "-Dwisent.native=" + wisent.cache() + wisent.home() + "/native",
                        "-cp",
                        wisent.home() + "/lib/*:" + tests,
                        Kept.class.getName())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new Kept(builder.start());
    }

    /// What it says to a command whose own relative paths start from `folder`.
    synchronized Answer run(Path folder, String... command) throws IOException {
        List<String> words = List.of(command);
        questions.writeInt(words.size() + 2);
        questions.writeUTF("--in");
        questions.writeUTF(folder.toString());
        for (String word : words) {
            questions.writeUTF(word);
        }
        questions.flush();
        int exitCode = answers.readInt();
        return new Answer(exitCode, new String(answers.readNBytes(answers.readInt()), StandardCharsets.UTF_8));
    }

    /// It ends when nobody asks any more.
    @Override
    public void close() throws IOException {
        questions.close();
        process.destroy();
    }

    /// The other end: commands from stdin, answers to stdout.
    public static void main(String[] args) throws IOException {
        ToolProvider wisent = ToolProvider.findFirst("wisent").orElseThrow();
        DataInputStream questions = new DataInputStream(System.in);
        OutputStream answers = System.out;
        System.setOut(System.err);
        while (true) {
            String[] command;
            try {
                command = new String[questions.readInt()];
            } catch (EOFException nobody) {
                System.exit(0);
                return;
            }
            for (int i = 0; i < command.length; i++) {
                command[i] = questions.readUTF();
            }
            StringWriter told = new StringWriter();
            PrintWriter both = new PrintWriter(told);
            int exitCode = wisent.run(both, both, command);
            both.flush();
            byte[] text = told.toString().getBytes(StandardCharsets.UTF_8);
            DataOutputStream answer = new DataOutputStream(new BufferedOutputStream(answers));
            answer.writeInt(exitCode);
            answer.writeInt(text.length);
            answer.write(text);
            answer.flush();
        }
    }
}
