package dev.wisent.dist;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/// `wisent` of a distribution in one JVM that is asked again and again, for commands of which nothing but the answer counts: a
/// start for each takes ten times as long as what they do. Commands may be at work at the same time: one that waits for a
/// server which is not there holds up no other.
final class Kept implements AutoCloseable {
    private static final int BACKLOG = 50;

    /// @param text what it printed, results and talk
    record Answer(int exitCode, String text) {}

    private final Process process;
    private final int port;

    private Kept(Process process, int port) {
        this.process = process;
        this.port = port;
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
                        "-Djdk.util.jar.version=21",
                        "-Dwisent.home=" + wisent.home(),
                        "-Dwisent.native=" + wisent.cache() + wisent.home() + "/native",
                        "-cp",
                        wisent.home() + "/lib/*:" + tests,
                        Kept.class.getName())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new Kept(process, new DataInputStream(process.getInputStream()).readInt());
    }

    /// What it says to a command whose own relative paths start from `folder`.
    Answer run(Path folder, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("--in", folder.toString()));
        words.addAll(List.of(command));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            DataOutputStream question = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            question.writeInt(words.size());
            for (String word : words) {
                question.writeUTF(word);
            }
            question.flush();
            DataInputStream answer = new DataInputStream(socket.getInputStream());
            int exitCode = answer.readInt();
            return new Answer(exitCode, new String(answer.readNBytes(answer.readInt()), StandardCharsets.UTF_8));
        }
    }

    /// It ends when nobody holds its stdin any more.
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.destroy();
    }

    /// The other end: tells its port, and answers each connection by a thread of its own.
    public static void main(String[] args) throws IOException {
        ToolProvider wisent = ToolProvider.findFirst("wisent").orElseThrow();
        ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        DataOutputStream told = new DataOutputStream(System.out);
        told.writeInt(server.getLocalPort());
        told.flush();
        System.setOut(System.err);
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                try {
                    Socket asked = server.accept();
                    Thread.ofPlatform().daemon().start(() -> answer(wisent, asked));
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        });
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static void answer(ToolProvider wisent, Socket asked) {
        try (asked) {
            DataInputStream question = new DataInputStream(asked.getInputStream());
            String[] command = new String[question.readInt()];
            for (int i = 0; i < command.length; i++) {
                command[i] = question.readUTF();
            }
            StringWriter told = new StringWriter();
            PrintWriter both = new PrintWriter(told);
            int exitCode = wisent.run(both, both, command);
            both.flush();
            byte[] text = told.toString().getBytes(StandardCharsets.UTF_8);
            DataOutputStream answer = new DataOutputStream(new BufferedOutputStream(asked.getOutputStream()));
            answer.writeInt(exitCode);
            answer.writeInt(text.length);
            answer.write(text);
            answer.flush();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
