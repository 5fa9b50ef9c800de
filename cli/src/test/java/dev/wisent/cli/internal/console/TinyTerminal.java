package dev.wisent.cli.internal.console;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A terminal that understands what a run draws: text, line ends, cursor up, clearing, and wrapping on and off. A window that
/// becomes narrower wraps the lines it shows anew, as most terminals do.
final class TinyTerminal extends OutputStream {
    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private ScreenSize size;
    private boolean wraps = true;
    /// The cursor: a line, and a character of it.
    private int line;
    private int at;
    private int writes;

    TinyTerminal(int columns, int rows) {
        size = new ScreenSize(columns, rows);
    }

    ScreenSize size() {
        return size;
    }

    void resize(int columns, int rows) {
        size = new ScreenSize(columns, rows);
    }

    /// Everything from the first line on, what has scrolled away too, without the line the cursor waits in when it is empty.
    List<String> shown() {
        List<String> shown = new ArrayList<>(lines.stream()
                .map(StringBuilder::toString)
                .map(String::stripTrailing)
                .toList());
        if (shown.getLast().isEmpty()) {
            shown.removeLast();
        }
        return shown;
    }

    boolean isWrapping() {
        return wraps;
    }

    int writes() {
        return writes;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        writes++;
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            switch (c) {
                case '\n' -> newLine();
                case '\r' -> at -= at % size.columns();
                case '\u001b' -> {
                    int end = i + 1;
                    while (!Character.isLetter(text.charAt(end))) {
                        end++;
                    }
                    control(text.substring(i + 1, end), text.charAt(end));
                    i = end + 1;
                }
                default -> put(c);
            }
        }
    }

    private void newLine() {
        line++;
        at = 0;
        if (line == lines.size()) {
            lines.add(new StringBuilder());
        }
    }

    private void put(char c) {
        if (!wraps && at == size.columns()) {
            at--;
        }
        StringBuilder text = lines.get(line);
        if (at < text.length()) {
            text.setCharAt(at, c);
        } else {
            text.append(c);
        }
        at++;
    }

    private void control(String parameter, char command) {
        switch (command) {
            case 'A' -> up(Integer.parseInt(parameter));
            case 'K' -> lines.get(line).setLength(at);
            case 'J' -> {
                lines.get(line).setLength(at);
                lines.subList(line + 1, lines.size()).clear();
            }
            case 'h', 'l' -> wraps = command == 'h';
            default -> throw new IllegalArgumentException("not understood: " + parameter + command);
        }
    }

    private int rowsOf(StringBuilder text) {
        return Math.max(1, Math.ceilDiv(text.length(), size.columns()));
    }

    /// The cursor stops at the window's top.
    private void up(int rows) {
        int last = lines.stream().mapToInt(this::rowsOf).sum() - 1;
        int row = lines.subList(0, line).stream().mapToInt(this::rowsOf).sum() + at / size.columns();
        int target = Math.max(Math.max(0, last - size.rows() + 1), row - rows);
        line = 0;
        while (target >= rowsOf(lines.get(line))) {
            target -= rowsOf(lines.get(line++));
        }
        at = target * size.columns() + at % size.columns();
    }
}
