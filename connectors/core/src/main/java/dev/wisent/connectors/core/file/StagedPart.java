package dev.wisent.connectors.core.file;

import dev.wisent.api.fault.Boundary;
import java.util.zip.CRC32C;

/// A part on its way: the actions of one shipment, one after the other.
final class StagedPart {
    private final String name;
    private final PartFile file;
    private final CRC32C headerCrc = new CRC32C();
    private final CRC32C bodyCrc = new CRC32C();
    private long header;
    private long bytes;

    StagedPart(String name, PartFile file) {
        this.name = name;
        this.file = file;
    }

    String name() {
        return name;
    }

    void header(byte[] data, int length) {
        headerCrc.update(data, 0, length);
        header = length;
        write(data, length);
    }

    void rows(byte[] data, int length) {
        bodyCrc.update(data, 0, length);
        write(data, length);
    }

    private void write(byte[] data, int length) {
        file.write(data, length);
        bytes += length;
    }

    /// The content is durable when it returns; the name will be, before a commit names it.
    Part seal(String folder) {
        file.seal();
        Boundary.reached(Boundary.STAGED);
        return new Part(folder, name, bytes, header, headerCrc.getValue(), bodyCrc.getValue());
    }

    /// What can't be removed is left to the next run's sweep.
    void discard() {
        file.discard();
    }
}
