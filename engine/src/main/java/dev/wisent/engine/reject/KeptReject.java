package dev.wisent.engine.reject;

import dev.wisent.api.Reject;

/// A reject as it lies in a file of rejects.
///
/// @param file the file's name; unique for ever (R7)
/// @param number its line in the file, from 1
/// @param run the run that rejected it
/// @param at when, as ISO 8601 text
public record KeptReject(String file, long number, String run, String stream, String at, Reject reject) {
    static final String ENDING = ".ndjson";

    /// What people and commands call it.
    public String id() {
        String name = file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
        return name + ":" + number;
    }
}
