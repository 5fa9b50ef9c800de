package dev.wisent.connectors.jdbc;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// Where a database is and who asks. Its text holds no password.
///
/// @param driver the class to use; empty: whichever takes the url
record JdbcAddress(
        String url,
        Optional<String> driver,
        Optional<String> username,
        Optional<String> password,
        Map<String, String> properties) {
    private static final String HIDDEN = "***";
    /// A shorter one would be found in any text.
    private static final int WORTH_HIDING = 3;

    JdbcAddress {
        properties = Map.copyOf(properties);
    }

    Properties forDriver() {
        Properties all = new Properties();
        all.putAll(properties);
        username.ifPresent(name -> all.setProperty("user", name));
        password.ifPresent(word -> all.setProperty("password", word));
        return all;
    }

    /// What a driver says, without what it was told in secret.
    String without(String message) {
        String text = message.replace(url, toString());
        for (String secret : secrets()) {
            text = text.replace(secret, HIDDEN);
        }
        return text;
    }

    private Iterable<String> secrets() {
        return Stream.concat(password.stream(), properties.values().stream())
                .filter(secret -> secret.length() > WORTH_HIDING)
                .toList();
    }

    /// The url without `jdbc:` in front, without parameters, and without what stands before an @: either may hold a password.
    @Override
    public String toString() {
        return url.replaceFirst("^jdbc:", "")
                .replaceFirst("[?;].*$", "")
                .replaceFirst("//[^/]*@", "//")
                .replaceFirst(":[^:/@]*/[^/@]*@", ":@");
    }
}
