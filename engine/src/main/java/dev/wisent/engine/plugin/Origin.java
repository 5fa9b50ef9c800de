package dev.wisent.engine.plugin;

import java.nio.file.Path;

/// Where a part comes from. Its text is for people.
public sealed interface Origin {
    /// The class path: Wisent itself.
    record Core() implements Origin {
        @Override
        public String toString() {
            return "core";
        }
    }

    /// A folder of jars that belongs to Wisent.
    record Family(String name, Availability availability) implements Origin {
        @Override
        public String toString() {
            return "family " + name;
        }
    }

    /// A user's jar.
    record Plugin(Path jar) implements Origin {
        @Override
        public String toString() {
            return "plug-in " + jar;
        }
    }

    /// Whether a family can be opened.
    enum Availability {
        /// Its jars are there.
        INSTALLED,
        /// In a source tree: built when it is first used.
        BUILT_ON_USE,
        /// Known, and left out of this installation.
        LEFT_OUT
    }
}
