package dev.wisent.api.source;

import dev.wisent.api.SplitId;
import java.util.OptionalLong;

/// An independently readable part of a stream.
///
/// @param label what people know it by: a path, a key range
/// @param spec the source's own description, as text; a reader on any machine understands it
/// @param bytes how much there is to read, if known: for shares and estimates only
public record Split(SplitId id, String label, String spec, OptionalLong bytes) {}
