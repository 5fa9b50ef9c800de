package dev.wisent.engine.plugin;

import dev.wisent.api.error.WisentException;
import java.nio.file.Path;

/// A plug-in that can't be opened, and why.
public record BrokenPlugin(Path jar, WisentException error) {}
