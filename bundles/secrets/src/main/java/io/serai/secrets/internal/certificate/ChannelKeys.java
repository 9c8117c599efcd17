package io.serai.secrets.internal.certificate;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the certificate that a server shows by the name that the client asks for (RFC 6066, section 3). What changes counts from
 * the next handshake on; connections that there are go on.
 */
final class ChannelKeys extends X509ExtendedKeyManager {
    private final Clock clock;
    private final AtomicLong versions = new AtomicLong();
    // by name; replaced as a whole
    private volatile Map<String, String> aliases = Map.of();
    // by alias, which a version is part of: a handshake asks for the key after it has chosen
    private final Map<String, ChannelCertificate> certificates = new ConcurrentHashMap<>();
    private final Map<String, String> former = new ConcurrentHashMap<>();

    ChannelKeys(Clock clock) {
        this.clock = clock;
    }

    /** Shows a certificate from now on, in place of the one of this name that there was. */
    synchronized void put(String name, ChannelCertificate certificate) {
        String alias = name + "#" + versions.incrementAndGet();
        certificates.put(alias, certificate);
        Map<String, String> next = new TreeMap<>(aliases);
        next.put(name, alias);
        aliases = next;
        retire(name, alias);
    }

    /** Shows a certificate no more. */
    synchronized void remove(String name) {
        Map<String, String> next = new TreeMap<>(aliases);
        next.remove(name);
        aliases = next;
        retire(name, "");
    }

    /** Forgets the one before the last: nobody is in the middle of a handshake with that. */
    private void retire(String name, String alias) {
        certificates
                .keySet()
                .removeIf(known ->
                        known.startsWith(name + "#") && !known.equals(alias) && !known.equals(former.get(name)));
        former.put(name, alias);
    }

    boolean isEmpty() {
        return aliases.isEmpty();
    }

    /** How well a certificate does for a host. */
    private record Choice(String alias, ChannelCertificate certificate, boolean valid, int fit) {
        private boolean isAsGoodAs(Choice other) {
            return valid == other.valid && fit == other.fit;
        }

        private Instant end() {
            return certificate.chain().first().getNotAfter().toInstant();
        }
    }

    /**
     * Returns the alias of the certificate to show, if it has a key of a type: where a name has one of each, the client says which
     * it can do. A client that asks for a name that none has, or for no name, is shown some certificate, and decides itself.
     */
    private Optional<String> choose(String keyType, Optional<String> host) {
        Instant now = clock.instant();
        List<Choice> choices = new ArrayList<>();
        for (String alias : aliases.values()) {
            ChannelCertificate known = certificates.get(alias);
            if (known != null) {
                choices.add(new Choice(
                        alias,
                        known,
                        known.chain().isValid(now),
                        host.map(known.chain()::fits).orElse(0)));
            }
        }
        Optional<Choice> best =
                choices.stream().max(Comparator.comparing(Choice::valid).thenComparing(Choice::fit));
        return choices.stream()
                .filter(choice -> best.filter(choice::isAsGoodAs).isPresent())
                .filter(choice -> choice.certificate()
                        .chain()
                        .first()
                        .getPublicKey()
                        .getAlgorithm()
                        .equals(keyType))
                .max(Comparator.comparing(Choice::end).thenComparing(Choice::alias))
                .map(Choice::alias);
    }

    private static Optional<String> host(@Nullable SSLSession session) {
        List<SNIServerName> names =
                session instanceof ExtendedSSLSession extended ? extended.getRequestedServerNames() : List.of();
        return names.stream()
                .filter(SNIHostName.class::isInstance)
                .map(name -> ((SNIHostName) name).getAsciiName())
                .findFirst();
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return choose(keyType, host(engine == null ? null : engine.getHandshakeSession()))
                .orElse(null);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return choose(keyType, host(socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null))
                .orElse(null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        ChannelCertificate known = certificates.get(alias);
        return known == null ? null : known.chain().certificates().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        ChannelCertificate known = certificates.get(alias);
        return known == null ? null : known.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases.values().toArray(String[]::new);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null; // servers only
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
