package dev.wisent.cli;

import dev.wisent.api.error.ErrorCode;

/// `docs/errors.md`, made from the codes.
final class ErrorsPage {
    private ErrorsPage() {}

    static String text() {
        StringBuilder page = new StringBuilder("""
                # Error codes

                Each error has a code that never changes its meaning. The first digit says where: 1 configuration, 2 data, 3 source, 4 destination, 5 engine, 6 state, 7 object stores. Rejects carry the codes `W2…` too.

                An error tells what happened, `where`, what was `tried`, a `hint`, and the `next` command. Below are the general hint and command of each code, `FILE` being the pipeline file; an error that knows better says its own.

                | code | what | exit code |
                |---|---|---|
                """);
        for (ErrorCode code : ErrorCode.values()) {
            page.append("| %s | %s | %d |\n"
                    .formatted(code.id(), code.title(), code.fault().exitCode()));
        }
        for (ErrorCode code : ErrorCode.values()) {
            page.append("""

                    ## %s: %s

                    %s Exit code %d.

                    - tried: %s
                    - hint: %s
                    - next: `%s`
                    """.formatted(
                            code.id(),
                            code.title(),
                            code.meaning(),
                            code.fault().exitCode(),
                            code.tried(),
                            code.hint(),
                            code.next()));
        }
        return page.toString();
    }
}
