package dev.wisent.storage;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.StoreOption;
import dev.wisent.api.storage.StoreSettings;
import java.net.URI;
import java.util.Optional;

/// Options that say where a compatible store is reached.
public final class Endpoints {
    private Endpoints() {}

    /// The address of an endpoint, if one is named. One without encryption has to be allowed by name; what is no address,
    /// or has credentials in it, is refused ([ErrorCode#CONFIG_INVALID]).
    public static Optional<String> find(StoreSettings settings, StoreOption endpoint, StoreOption allowHttp) {
        return settings.find(endpoint).map(text -> {
            if (text.startsWith("http:") && !isTrue(settings, allowHttp)) {
                throw invalid(endpoint.name() + " is http: everybody on the way can read what is sent")
                        .hint("use https, or set " + allowHttp.name() + ": true");
            }
            return checked(endpoint.name(), text);
        });
    }

    /// @param name of the option, for messages
    public static String checked(String name, String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            throw noAddress(name);
        }
        throw noAddress(name);
    }

    private static WisentException noAddress(String name) {
        return invalid(name + " is no address").hint("write https://host:port, without credentials");
    }

    /// An option that is true or false; false if it is not set.
    public static boolean isTrue(StoreSettings settings, StoreOption option) {
        String text = settings.find(option).orElse("false");
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw invalid(option.name() + " must be true or false");
        }
        return text.equalsIgnoreCase("true");
    }

    private static WisentException invalid(String what) {
        return WisentException.of(ErrorCode.CONFIG_INVALID, what);
    }
}
