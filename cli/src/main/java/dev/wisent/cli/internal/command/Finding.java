package dev.wisent.cli.internal.command;

/// What `doctor` found about one thing.
record Finding(String name, State state, String detail) {
    enum State {
        OK,
        /// It works, but may not for long, or not well.
        WARNING,
        FAILED
    }

    static Finding ok(String name, String detail) {
        return new Finding(name, State.OK, detail);
    }

    static Finding warning(String name, String detail) {
        return new Finding(name, State.WARNING, detail);
    }
}
