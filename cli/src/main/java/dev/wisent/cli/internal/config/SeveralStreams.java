package dev.wisent.cli.internal.config;

import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.StreamInfo;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The streams of a pipeline that has several: a list of names, or patterns with `*` and `?`.
///
/// @param patterns names among them
/// @param each the pipeline of one of them, as if it were the only one
public record SeveralStreams(List<String> patterns, Function<StreamId, PipelineSpec> each) {
    /// More names make no message better.
    private static final int NAMES_SHOWN = 20;

    public SeveralStreams {
        patterns = List.copyOf(patterns);
    }

    static boolean isPattern(String name) {
        return name.contains("*") || name.contains("?");
    }

    /// The streams, in the file's order, and for a pattern in the source's; each once.
    ///
    /// @param source says which there are; asked only if there is a pattern
    public List<StreamId> names(Supplier<List<StreamInfo>> source) {
        Set<StreamId> names = new LinkedHashSet<>();
        for (String pattern : patterns) {
            if (isPattern(pattern)) {
                names.addAll(matching(pattern, source.get()));
            } else {
                names.add(new StreamId(pattern));
            }
        }
        return List.copyOf(names);
    }

    private static List<StreamId> matching(String pattern, List<StreamInfo> streams) {
        List<StreamId> found = streams.stream()
                .map(StreamInfo::id)
                .filter(id -> matches(pattern, id.name()))
                .toList();
        if (found.isEmpty()) {
            String there = streams.stream()
                    .limit(NAMES_SHOWN)
                    .map(info -> info.id().name())
                    .collect(Collectors.joining(", "));
            String more = streams.size() > NAMES_SHOWN ? " and " + (streams.size() - NAMES_SHOWN) + " more" : "";
            throw WisentException.of(ErrorCode.UNKNOWN_STREAM, "no stream of the source matches '" + pattern + "'")
                    .hint(streams.isEmpty() ? "it has none" : "it has: " + there + more);
        }
        return found;
    }

    static boolean matches(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
    }
}
