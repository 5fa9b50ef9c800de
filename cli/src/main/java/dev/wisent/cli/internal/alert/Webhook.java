package dev.wisent.cli.internal.alert;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// An incoming webhook as Slack has them: a POST of one JSON object with a `text`. Its address is a secret and stands in no
/// message. One thread.
final class Webhook {
    /// For a connection, and again for an answer.
    static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int ATTEMPTS = 3;
    private static final int LONGEST = 3_000;
    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private final URI address;
    private final Duration timeout;
    private Optional<HttpClient> client = Optional.empty();

    Webhook(URI address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /// Posts `text`; what went wrong, if something did. What may pass is tried again twice.
    Optional<String> post(String text) {
        Duration pause = Duration.ofMillis(500);
        Attempt last = attempt(text);
        for (int attempt = 1; attempt < ATTEMPTS && last.mayPass(); attempt++) {
            try {
                Thread.sleep(pause);
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
                return last.failure();
            }
            pause = pause.multipliedBy(2);
            last = attempt(text);
        }
        return last.failure();
    }

    /// @param failure empty: it was posted
    private record Attempt(Optional<String> failure, Chance chance) {
        enum Chance {
            DONE,
            AGAIN
        }

        boolean mayPass() {
            return chance == Chance.AGAIN;
        }

        static Attempt failed(String why, Chance chance) {
            return new Attempt(Optional.of(why), chance);
        }
    }

    private Attempt attempt(String text) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body(text)))
                .build();
        try {
            int status = client().send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status >= OK && status < REDIRECTS) {
                return new Attempt(Optional.empty(), Attempt.Chance.DONE);
            }
            boolean again = status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS;
            return Attempt.failed("HTTP " + status, again ? Attempt.Chance.AGAIN : Attempt.Chance.DONE);
        } catch (HttpTimeoutException slow) {
            return Attempt.failed("no answer in " + timeout.toMillis() + " ms", Attempt.Chance.AGAIN);
        } catch (ConnectException refused) {
            return Attempt.failed("no connection", Attempt.Chance.AGAIN);
        } catch (IOException broken) { // whose own words may hold the address
            return Attempt.failed(broken.getClass().getSimpleName(), Attempt.Chance.AGAIN);
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            return Attempt.failed("given up", Attempt.Chance.DONE);
        }
    }

    private HttpClient client() {
        if (client.isEmpty()) {
            client = Optional.of(HttpClient.newBuilder()
                    .connectTimeout(timeout)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build());
        }
        return client.get();
    }

    /// Slack reads `&`, `<` and `>` as its own marks (docs.slack.dev, "Formatting message text").
    private static String body(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + " …" : text;
        String escaped = cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return JsonNodeFactory.instance.objectNode().put("text", escaped).toString();
    }
}
