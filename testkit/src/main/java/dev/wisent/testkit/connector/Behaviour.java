package dev.wisent.testkit.connector;

/// What a destination does unless its test says that it [lacks][WrittenRows#lacks] it. What is lacking must be refused with
/// an error, unless said otherwise, and is tested to be.
public enum Behaviour {
    /// A stream may write to more than one target.
    SEVERAL_TARGETS,
    /// Readers can tell the rows of one target from those of another. Only a destination of batches may lack it, and shows them
    /// together.
    TARGETS_APART,
    /// A later commit may bring a column more.
    NEW_COLUMNS,
    /// An empty text is not null. Who lacks it shows both the same way.
    EMPTY_TEXTS,
    /// A full refresh is hidden until it is published, and then takes the place of what was there. Only a destination of
    /// batches may lack it, and shows every row at once.
    HIDDEN_REFRESH
}
