package dev.wisent.engine;

import dev.wisent.api.transform.Transform;

/// A step of a pipeline's transforms.
///
/// @param label what people call it; in messages and rejects
/// @param place where it stands in the configuration
public record LabelledTransform(String label, String place, Transform transform) {
    /// The step, for messages.
    public String where() {
        return "transform '" + label + "'" + (place.isEmpty() ? "" : ", " + place);
    }
}
