package dev.wisent.connectors.kafka.registry;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The keys of a schema registry: a section of its own, or beside a login as Bizon has them.
public final class RegistryKeys {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final URI NOWHERE = URI.create("http://localhost");

    private static final Key<RegistryOptions.Kind> TYPE = Key.choice("type", RegistryOptions.Kind.class)
            .about("whose registry it is; Redpanda's and others with Confluent's API are `confluent`")
            .required();
    private static final Key<URI> URL = Key.text("url")
            .about("its address, with the path of its API: Apicurio's ends in `/apis/registry/v2` or `v3`")
            .as("an address as http://localhost:8081", NOWHERE, RegistryKeys::url)
            .required();
    private static final Key<Optional<RegistryOptions.Names>> ID = Key.choice("id", RegistryOptions.Names.class)
            .about("what the ids before messages of Apicurio are of")
            .optional("eight bytes are a global id, four a content id");
    private static final Key<Optional<String>> USERNAME =
            Key.text("username").about("who logs in").optional();
    private static final Key<Optional<String>> PASSWORD = Key.text("password")
            .about("best as a reference: `env://REGISTRY_PASSWORD`")
            .secret()
            .optional();
    private static final Key<Optional<String>> TOKEN = Key.text("token")
            .about("a bearer token, instead of a user")
            .secret()
            .optional();
    private static final Key<Optional<String>> CA_FILE = Key.text("ca_file")
            .about("a PEM file: who signed the registry's certificate")
            .optional("those the JDK trusts");
    private static final Key<Duration> TIMEOUT = Key.seconds("timeout")
            .about("how long one schema is asked for, again and again, before the run stops")
            .standard(PATIENCE);
    private static final Key<Optional<ConfigSection>> SECTION = Key.nested(
                    "schema_registry", ConfigShape.of(TYPE, URL, ID, USERNAME, PASSWORD, TOKEN, CA_FILE, TIMEOUT))
            .about("where the schemas of messages are")
            .optional();

    private static final Key<Optional<String>> BESIDE_TYPE = Key.text("schema_registry_type")
            .about("as `schema_registry.type`; ids are global ones, as in Bizon")
            .optional();
    private static final Key<Optional<String>> BESIDE_URL =
            Key.text("schema_registry_url").about("as `schema_registry.url`").optional();
    private static final Key<Optional<String>> BESIDE_USERNAME = Key.text("schema_registry_username")
            .about("as `schema_registry.username`")
            .optional();
    private static final Key<Optional<String>> BESIDE_PASSWORD = Key.text("schema_registry_password")
            .about("as `schema_registry.password`")
            .secret()
            .optional();

    public static final ConfigShape SHAPE = ConfigShape.of(SECTION);
    /// Keys of `authentication`.
    public static final List<Key<?>> BESIDE_LOGIN = List.of(BESIDE_TYPE, BESIDE_URL, BESIDE_USERNAME, BESIDE_PASSWORD);

    private RegistryKeys() {}

    /// @param authentication the section with the login to the brokers, if there is one
    public static Optional<RegistryOptions> read(ConfigSection config, Optional<ConfigSection> authentication) {
        Optional<RegistryOptions> beside = authentication.flatMap(RegistryKeys::beside);
        Optional<RegistryOptions> own = config.read(SECTION).map(RegistryKeys::own);
        return own.isPresent() ? own : beside;
    }

    private static RegistryOptions own(ConfigSection section) {
        RegistryOptions.Kind kind = section.read(TYPE);
        Optional<RegistryOptions.Names> names = section.read(ID);
        if (names.isPresent() && kind == RegistryOptions.Kind.CONFLUENT) {
            section.problem(ID.name(), "is for Apicurio's registry", "");
        }
        Optional<String> user = section.read(USERNAME);
        Optional<String> password = section.read(PASSWORD);
        Optional<String> token = section.read(TOKEN);
        if (user.isPresent() && token.isPresent()) {
            section.problem(TOKEN.name(), "stands beside a username: one of them logs in", "");
        }
        if (user.isPresent() != password.isPresent()) {
            section.problem(USERNAME.name(), "username and password belong together", "");
        }
        RegistryOptions.Login login = token.<RegistryOptions.Login>map(RegistryOptions.Login.Bearer::new)
                .orElseGet(() -> login(user, password));
        return new RegistryOptions(
                kind, section.read(URL), names, login, section.read(CA_FILE).map(Path::of), section.read(TIMEOUT));
    }

    private static Optional<RegistryOptions> beside(ConfigSection login) {
        Optional<String> type = login.read(BESIDE_TYPE).filter(text -> !text.isBlank());
        Optional<String> address = login.read(BESIDE_URL).filter(text -> !text.isBlank());
        Optional<String> user = login.read(BESIDE_USERNAME).filter(text -> !text.isBlank());
        Optional<String> password = login.read(BESIDE_PASSWORD);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Optional<RegistryOptions.Kind> kind = switch (type.orElse("apicurio").toLowerCase(Locale.ROOT)) {
            case "apicurio" -> Optional.of(RegistryOptions.Kind.APICURIO);
            case "confluent" -> Optional.of(RegistryOptions.Kind.CONFLUENT);
            default -> Optional.empty();
        };
        if (kind.isEmpty()) {
            login.problem(BESIDE_TYPE.name(), "must be apicurio or confluent", "");
        }
        try {
            return kind.map(whose -> new RegistryOptions(
                    whose,
                    url(address.get()),
                    whose == RegistryOptions.Kind.APICURIO
                            ? Optional.of(RegistryOptions.Names.GLOBAL)
                            : Optional.empty(),
                    login(user, password),
                    Optional.empty(),
                    PATIENCE));
        } catch (IllegalArgumentException e) {
            login.problem(
                    BESIDE_URL.name(), "must be an address as http://localhost:8081", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static RegistryOptions.Login login(Optional<String> user, Optional<String> password) {
        return user.<RegistryOptions.Login>map(name -> new RegistryOptions.Login.User(name, password.orElse("")))
                .orElseGet(RegistryOptions.Login.Nobody::new);
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!http || url.getHost() == null) {
                throw new IllegalArgumentException("it begins with http:// or https:// and has a host");
            }
            if (url.getUserInfo() != null) {
                throw new IllegalArgumentException("user and password belong in keys of their own");
            }
            if (url.getQuery() != null || url.getFragment() != null) {
                throw new IllegalArgumentException("it has no '?' and no '#'");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is none", e);
        }
    }
}
