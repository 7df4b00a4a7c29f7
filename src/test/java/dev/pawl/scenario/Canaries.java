package dev.pawl.scenario;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Secrets that only a thief would know: made anew for each test, and searched for in every form in which one might carry them off. */
public final class Canaries {
    private final Map<String, String> byPlace = new TreeMap<>();

    /** A secret, put into that place. */
    public String in(String place) {
        return byPlace.computeIfAbsent(place, name -> "canary+" + UUID.randomUUID() + "/" + name.length());
    }

    /** The places whose secrets are in the text, and in which form. */
    public List<String> foundIn(String text) {
        var found = new ArrayList<String>();
        byPlace.forEach((place, secret) -> form(secret, text).ifPresent(form -> found.add(place + " (" + form + ")")));
        return found;
    }

    private static Optional<String> form(String secret, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.contains(secret)) {
            return Optional.of("plain");
        }
        if (text.contains(new StringBuilder(secret).reverse())) {
            return Optional.of("reversed");
        }
        if (lower.contains(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)))) {
            return Optional.of("hex");
        }
        if (lower.contains(URLEncoder.encode(secret, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT))) {
            return Optional.of("URL");
        }
        for (String between : List.of(" ", "\n", ".", "-", "_", ",", "\u200b")) {
            if (text.contains(String.join(between, secret.split("")))) {
                return Optional.of("split");
            }
        }
        for (int shift = 0; shift < 3; shift++) {
            // However it lies among other bytes: what is encoded of it alone.
            String encoded =
                    Base64.getEncoder().encodeToString(("x".repeat(shift) + secret).getBytes(StandardCharsets.UTF_8));
            if (text.contains(encoded.substring(4, encoded.length() - 4))) {
                return Optional.of("base64");
            }
        }
        return Optional.empty();
    }
}
