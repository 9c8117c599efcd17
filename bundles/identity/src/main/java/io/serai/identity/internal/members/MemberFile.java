package io.serai.identity.internal.members;

import io.serai.api.cluster.Member;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.identity.internal.pki.Fingerprints;
import io.serai.identity.internal.pki.Pem;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A member as the state has it: {@code objects/node/<name>.yaml}. */
public final class MemberFile {
    /** The kind of object. */
    public static final String KIND = "node";

    private static final String GROUPS = "groups";
    private static final String X509 = "x509";
    private static final YamlObject.Keys KEYS = new YamlObject.Keys(
            Set.of("id", "host", "cluster-port", "admin-port", "certificates"), Set.of(GROUPS, X509));

    private MemberFile() {}

    /** Returns where the member of a name is. */
    public static StatePath path(String name) {
        return StatePath.of("objects", KIND, name + ".yaml");
    }

    /**
     * Reads a member.
     *
     * @throws IllegalArgumentException saying what is wrong, and where
     */
    public static Member read(String name, String text) {
        YamlObject object = YamlObject.read(KIND, name, text, KEYS);
        Member member = new Member(
                id(object),
                name,
                object.text("host"),
                object.number("cluster-port"),
                object.number("admin-port"),
                new HashSet<>(object.texts("certificates")),
                object.has(GROUPS) ? object.texts(GROUPS) : List.of());
        MemberRules.problem(member).ifPresent(problem -> {
            throw new IllegalArgumentException(object.file() + ": " + problem);
        });
        return member;
    }

    /**
     * Reads the certificates themselves, as far as they are in the file.
     *
     * @throws IllegalArgumentException saying what is wrong, and where
     */
    public static List<X509Certificate> certificates(String name, String text) {
        YamlObject object = YamlObject.read(KIND, name, text, KEYS);
        List<X509Certificate> certificates = new ArrayList<>();
        if (!object.has(X509)) {
            return certificates;
        }
        List<String> fingerprints = object.texts("certificates");
        for (String der : object.texts(X509)) {
            try {
                X509Certificate certificate = Pem.bare(der);
                if (!fingerprints.contains(Fingerprints.of(certificate))) {
                    throw object.refusal(X509, "has one whose fingerprint is not among the certificates");
                }
                certificates.add(certificate);
            } catch (GeneralSecurityException e) {
                throw object.refusal(X509, "must be a list of X.509 certificates in base64");
            }
        }
        return certificates;
    }

    /**
     * Writes a member.
     *
     * @param known certificates, of which those of the member are written
     */
    public static Content write(Member member, Collection<X509Certificate> known) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("id", member.id().toString());
        spec.put("host", member.host());
        spec.put("cluster-port", member.clusterPort());
        spec.put("admin-port", member.adminPort());
        spec.put(
                "certificates",
                List.copyOf(member.certificates()).stream().sorted().toList());
        List<String> x509 = known.stream()
                .filter(certificate -> member.certificates().contains(Fingerprints.of(certificate)))
                .map(Pem::bare)
                .toList();
        if (!x509.isEmpty()) {
            spec.put(X509, x509);
        }
        if (!member.groups().isEmpty()) {
            spec.put(GROUPS, member.groups());
        }
        return YamlObject.write(KIND, member.name(), spec);
    }

    private static UUID id(YamlObject object) {
        String text = object.text("id");
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equals(text)) { // the JDK takes shorter ones as well
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw object.refusal("id", "must be a UUID");
        }
        throw object.refusal("id", "must be a UUID of 36 lower-case characters");
    }
}
