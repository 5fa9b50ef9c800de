package dev.wisent.connectors.core.file;

import dev.wisent.api.fault.Boundary;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.storage.ObjectOutput;

/// An object: in one put if it is small, else in pieces, one of which is on its way while the next is filled.
final class StorePart implements PartFile {
    private static final int PIECE = 5 << 20;
    private static final ObjectOutput.Parts PIECES = new ObjectOutput.Parts(PIECE, PIECE, 1);

    private final ObjectStore store;
    private final String path;
    private final ObjectOutput output;

    StorePart(ObjectStore store, String path) {
        this.store = store;
        this.path = path;
        this.output = new ObjectOutput(store, path, PIECES);
    }

    @Override
    public void write(byte[] data, int length) {
        output.write(data, 0, length);
    }

    @Override
    public void seal() {
        Boundary.reached(Boundary.STAGING);
        output.finish();
        output.close();
    }

    @Override
    public void discard() {
        try {
            output.close();
            store.delete(path);
        } catch (StorageFailure leftToTheSweep) {
            return;
        }
    }
}
