package dev.wisent.api.lake;

import java.util.List;

/// A table of a lake: of a destination that keeps versions of files ([dev.wisent.api.destination.Destination#lakeTable]). One
/// thread at a time. Other writers may be at work all the while, and nothing of theirs is lost. Valid as long as the
/// destination is open; a table that is not there is a `WisentException` with `NOT_SUPPORTED`.
public interface LakeTable {
    /// The newest versions, the newest first.
    List<TableVersion> history(int last);

    /// Puts small files of a partition together. Rows and their order within a file stay; a reader sees the same table before
    /// and after.
    Optimized optimize(OptimizeRequest request);

    /// Removes files that no version within the retention has.
    Vacuumed vacuum(VacuumRequest request);
}
