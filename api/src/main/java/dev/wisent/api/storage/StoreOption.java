package dev.wisent.api.storage;

import java.util.List;

/// A word of `storage_options`.
///
/// @param name in lower case: `aws_region`
/// @param variables environment variables that say the same, the first one that is set wins
/// @param about one sentence in plain English, without a full stop
public record StoreOption(String name, List<String> variables, String about) {
    public static StoreOption of(String name, String about, String... variables) {
        return new StoreOption(name, List.of(variables), about);
    }
}
