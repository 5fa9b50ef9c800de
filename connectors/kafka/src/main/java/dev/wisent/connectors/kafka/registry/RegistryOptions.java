package dev.wisent.connectors.kafka.registry;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How a schema registry is reached.
///
/// @param url with the path of its API, if it has one
/// @param names what ids before messages of Apicurio are; empty: those of eight bytes are global, those of four of a content
/// @param ca who signed its certificate; empty: whom the JDK trusts
/// @param patience how long one schema is asked for
public record RegistryOptions(
        Kind kind, URI url, Optional<Names> names, Login login, Optional<Path> ca, Duration patience) {
    /// Whose it is.
    public enum Kind {
        CONFLUENT,
        APICURIO
    }

    /// What Apicurio's numbers are of.
    public enum Names {
        GLOBAL,
        CONTENT
    }

    /// Who asks.
    public sealed interface Login {
        record Nobody() implements Login {}

        record User(String name, String password) implements Login {
            /// No password.
            @Override
            public String toString() {
                return name;
            }
        }

        record Bearer(String token) implements Login {
            /// No token.
            @Override
            public String toString() {
                return "bearer";
            }
        }
    }

    SchemaId idOf(Names otherwise, long number) {
        return names.orElse(otherwise) == Names.GLOBAL ? new SchemaId.Global(number) : new SchemaId.Content(number);
    }

    /// What decides which schema an id is of.
    public String fingerprint() {
        return kind + " " + url + " " + names;
    }
}
