package dev.wisent.engine.internal.run;

import dev.wisent.api.state.Reset;
import java.util.Optional;

/// What the state store knows of resets of this run's stream. At most one is there; a crash leaves it.
public interface ResetLog {
    /// There are no resets.
    ResetLog NONE = new ResetLog() {
        @Override
        public Optional<Reset> find() {
            return Optional.empty();
        }

        @Override
        public Reset ask(String id) {
            throw new UnsupportedOperationException("there are no resets here");
        }

        @Override
        public void begin(String id, long claim) {}

        @Override
        public void end(String id) {}
    };

    /// The one that is not done.
    Optional<Reset> find();

    /// Asks for one under this id, unless there is one.
    Reset ask(String id);

    /// Notes that this run takes it up, under this claim of lane 0.
    void begin(String id, long claim);

    /// Forgets it.
    void end(String id);
}
