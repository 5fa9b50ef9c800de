package dev.wisent.connectors.secretsgsm;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// What a reference names, as Google does: `projects/P/secrets/S/versions/V`.
record SecretName(String value) {
    private static final String LATEST = "/versions/latest";
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_-]{1,255}/versions/[A-Za-z0-9_-]+");
    private static final Pattern WHOLE = Pattern.compile(
            "projects/[^/]+(/locations/[^/]+)?/secrets/[A-Za-z0-9_-]{1,255}(/versions/[A-Za-z0-9_-]+)?");

    /// @param path what follows `gsm://`: a secret, a secret and its version, or the whole name
    /// @param project asked only where the path names none
    static SecretName of(String path, Supplier<Optional<String>> project) {
        if (WHOLE.matcher(path).matches()) {
            return new SecretName(path.contains("/versions/") ? path : path + LATEST);
        }
        if (!SECRET.matcher(path).matches() && !VERSION.matcher(path).matches()) {
            throw WisentException.of(ErrorCode.CONFIG_INVALID, "gsm://" + path + " is no name of a secret")
                    .hint(
                            "gsm://NAME, gsm://NAME/versions/3, or gsm://projects/P/secrets/NAME/versions/3; names are letters, digits, _ and -");
        }
        String in = project.get()
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.CONFIG_INVALID,
                                "it is not known which Google project gsm://" + path + " is in")
                        .hint("set secrets.gsm.project_id, or GOOGLE_CLOUD_PROJECT"));
        String secret = "projects/" + in + "/secrets/" + path;
        return new SecretName(path.contains("/versions/") ? secret : secret + LATEST);
    }
}
