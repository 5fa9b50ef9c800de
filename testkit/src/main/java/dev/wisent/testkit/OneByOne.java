package dev.wisent.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/// Commands of Wisent in one JVM, each ended by the word [#NEXT].
final class OneByOne {
    static final String NEXT = ";";

    private OneByOne() {}

    /// Its exit code is that of the first command that does not end well.
    public static void main(String[] words) {
        ToolProvider wisent = ToolProvider.findFirst("wisent").orElseThrow();
        List<String> command = new ArrayList<>();
        for (String word : words) {
            if (!word.equals(NEXT)) {
                command.add(word);
                continue;
            }
            int exit = wisent.run(System.out, System.err, command.toArray(String[]::new));
            if (exit != 0) {
                System.exit(exit);
            }
            command.clear();
        }
        System.exit(0);
    }
}
