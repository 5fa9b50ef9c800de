package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.cli.internal.config.PipelineSpec.AlertingPart;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `alerting:`.
final class AlertingReader {
    private static final URI NOWHERE = URI.create("http://localhost");

    private static final Key<String> TYPE = Key.choice("type", Map.of("slack", "slack"), Map.of(), Map.of())
            .about("an incoming webhook of Slack, or of what understands the same")
            .required();
    private static final Key<List<LogLevel>> LOG_LEVELS = Key.texts("log_levels")
            .about(
                    "what is told: `error` failed runs, `warning` also what runs warn of, `info` also that they begin and end, "
                            + "`critical` only defects in Wisent. The least of them counts; each message is posted once")
            .as("levels: debug, info, warning, error, critical", List.<LogLevel>of(), AlertingReader::levels)
            .standard(List.of(LogLevel.ERROR), "`[error]`");
    private static final Key<URI> WEBHOOK_URL = Key.text("webhook_url")
            .about("where messages are posted; best as a reference: `env://SLACK_WEBHOOK`")
            .secret()
            .as("an address that begins with https:// or http://", NOWHERE, AlertingReader::address)
            .required();
    private static final Key<ConfigSection> CONFIG =
            Key.nested("config", ConfigShape.of(WEBHOOK_URL)).about("where to").required();

    static final ConfigShape KEYS = ConfigShape.of(TYPE, LOG_LEVELS, CONFIG);

    private AlertingReader() {}

    static Optional<AlertingPart> read(Optional<ConfigSection> section) {
        return section.map(alerting -> {
            alerting.read(TYPE);
            LogLevel least = alerting.read(LOG_LEVELS).stream()
                    .min(Comparator.naturalOrder())
                    .orElse(LogLevel.ERROR);
            return new AlertingPart(least, alerting.read(CONFIG).read(WEBHOOK_URL));
        });
    }

    private static List<LogLevel> levels(List<String> words) {
        return words.stream()
                .map(word -> LogLevel.of(word).orElseThrow(() -> new IllegalArgumentException("")))
                .toList();
    }

    private static URI address(String text) {
        try {
            URI uri = new URI(text.strip());
            boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException notOne) {
            throw new IllegalArgumentException("", notOne); // its own words hold the address
        }
        throw new IllegalArgumentException("");
    }
}
