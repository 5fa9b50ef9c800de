package dev.wisent.connectors.core.file;

import dev.wisent.api.commit.Commit;
import java.io.IOException;
import java.util.Optional;

/// Lets a test act at the places where a commit can be interrupted: before it is decided, and after, before readers see
/// it.
final class HookedView implements Visible {
    interface Hook {
        void at(State state) throws IOException;
    }

    static final Hook NOTHING = state -> {};

    private final Visible view;
    Hook beforeDecision = NOTHING;
    Hook beforeApplying = NOTHING;
    Hook afterApplying = NOTHING;

    HookedView(Layout.Local layout) {
        this(Visible.of(layout));
    }

    HookedView(Visible view) {
        this.view = view;
    }

    @Override
    public void verify(State state) throws IOException {
        view.verify(state);
    }

    @Override
    public void refuseUnshowable(State state, Commit.Data data) throws IOException {
        view.refuseUnshowable(state, data);
        beforeDecision.at(state);
    }

    @Override
    public Optional<String> prepare(State state, Commit.Publish publish) throws IOException {
        Optional<String> whole = view.prepare(state, publish);
        beforeDecision.at(state);
        return whole;
    }

    @Override
    public void apply(State state) throws IOException {
        beforeApplying.at(state);
        view.apply(state);
        afterApplying.at(state);
    }
}
