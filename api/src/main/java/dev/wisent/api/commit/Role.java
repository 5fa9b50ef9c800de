package dev.wisent.api.commit;

/// Why a lane is claimed.
public enum Role {
    /// To extract: older extraction epochs end.
    READ,
    /// To load: the extraction epoch stays.
    WRITE
}
