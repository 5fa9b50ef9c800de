package dev.wisent.api.storage;

import java.util.List;
import java.util.Optional;

/// Some objects of a listing, which may be none although there are more.
///
/// @param next asks for the page after this one; empty: this is the last
public record ListPage(List<ObjectInfo> objects, Optional<ListRequest> next) {
    public ListPage {
        objects = List.copyOf(objects);
    }
}
