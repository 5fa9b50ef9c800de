package dev.wisent.engine.internal.queue;

import dev.wisent.api.commit.Commit;
import dev.wisent.engine.internal.run.RunServices;

/// What a loader tells. Whether the destination may be gone on in is the extraction's to find out, which claims first.
record LoadListener(RunServices.Listener behind) implements RunServices.Listener {
    @Override
    public void committed(Commit commit) {
        behind.committed(commit);
    }

    @Override
    public void warning(String text) {
        behind.warning(text);
    }
}
