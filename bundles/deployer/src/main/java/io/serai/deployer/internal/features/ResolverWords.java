package io.serai.deployer.internal.features;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in plain words what Karaf's feature service says when it fails. */
final class ResolverWords {
    /** "missing requirement [acme-shop/1.0.0] osgi.identity; osgi.identity=acme-mail; type=karaf.feature"; causes come last. */
    private static final Pattern MISSING = Pattern.compile("missing requirement \\[([^]]+)] ([\\w.]+);(.*)");

    private static final Pattern IDENTITY = Pattern.compile("osgi\\.identity=([^;)\\]]+)");
    private static final Pattern PACKAGE = Pattern.compile("osgi\\.wiring\\.package=([^;)\\]\"]+)");
    private static final Pattern FROM = Pattern.compile("[(]version>=([^)]+)[)]");

    private ResolverWords() {}

    /** Returns what is missing; if nothing is, the first line that says something: Karaf puts "Error:" above a list. */
    static String plain(String words) {
        Matcher matcher = MISSING.matcher(words.substring(Math.max(0, words.lastIndexOf("missing requirement ["))));
        if (matcher.find()) {
            return matcher.group(1) + " needs " + subject(matcher.group(2), matcher.group(3));
        }
        return words.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals("Error:"))
                .findFirst()
                .orElse(words);
    }

    private static String subject(String namespace, String attributes) {
        Matcher identity = IDENTITY.matcher(attributes);
        if (namespace.equals("osgi.identity") && identity.find()) {
            return attributes.contains("type=karaf.feature")
                    ? "feature " + identity.group(1) + ", which is in no known repository; add the one it is in"
                    : "bundle " + identity.group(1) + ", which is not there; install it";
        }
        Matcher exported = PACKAGE.matcher(attributes);
        if (namespace.equals("osgi.wiring.package") && exported.find()) {
            Matcher from = FROM.matcher(attributes);
            return "package " + exported.group(1) + (from.find() ? " from version " + from.group(1) : "")
                    + ", which no bundle exports; install one that does";
        }
        return namespace + ":" + attributes.replaceAll("]+$", "");
    }
}
