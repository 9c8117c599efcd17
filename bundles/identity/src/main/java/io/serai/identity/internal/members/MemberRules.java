package io.serai.identity.internal.members;

import io.serai.api.cluster.Member;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a member may be called, and where it may be. */
public final class MemberRules {
    /** What {@link #NAME} demands, for people. */
    public static final String NAME_RULE =
            "1 to 63 letters, digits, dots, hyphens or underscores, beginning with a letter or digit";

    /** What {@link #HOST} demands, for people. */
    public static final String HOST_RULE = "a host name or an IP address";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_:][A-Za-z0-9._:%-]{0,252}");
    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_CERTIFICATES = 2;

    private MemberRules() {}

    /** Returns whether a node may have a name; the name of its layer follows the same rule. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Returns whether a text can be an address of a node. */
    public static boolean isHost(String host) {
        return HOST.matcher(host).matches();
    }

    /** Returns whether a number is a port that others can connect to. */
    public static boolean isPort(long port) {
        return port >= 1 && port <= MAX_PORT;
    }

    /** Returns whether a text is a SHA-256 hash in lower-case digits. */
    public static boolean isHash(String text) {
        return FINGERPRINT.matcher(text).matches();
    }

    /** Returns what is wrong with a member, if anything, without repeating what is not known to be harmless. */
    public static Optional<String> problem(Member member) {
        if (!isName(member.name())) {
            return Optional.of("name must have " + NAME_RULE);
        }
        if (!isHost(member.host())) {
            return Optional.of("host must be " + HOST_RULE);
        }
        if (!isPort(member.clusterPort())) {
            return Optional.of("cluster-port must be from 1 to " + MAX_PORT);
        }
        if (!isPort(member.adminPort())) {
            return Optional.of("admin-port must be from 1 to " + MAX_PORT);
        }
        if (!member.groups().stream().allMatch(MemberRules::isName)) {
            return Optional.of("a group must have " + NAME_RULE);
        }
        int certificates = member.certificates().size();
        if (certificates < 1
                || certificates > MAX_CERTIFICATES
                || !member.certificates().stream().allMatch(MemberRules::isHash)) {
            return Optional.of(
                    "certificates must be one or two SHA-256 fingerprints of 64 lower-case hexadecimal digits");
        }
        return Optional.empty();
    }
}
