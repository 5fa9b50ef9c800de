package dev.wisent.api.commit;

/// Names one commit for ever. A repeated attempt carries the same id, a new commit never does.
public record CommitId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
