package io.serai.identity.internal;

import io.serai.api.cluster.Member;
import io.serai.identity.internal.IdentitySettings.NodeAddress;
import io.serai.identity.internal.join.JoinJson;
import io.serai.identity.internal.pki.Authority;
import io.serai.identity.internal.pki.Certificates;
import io.serai.identity.internal.pki.Credentials;
import io.serai.identity.internal.pki.Keys;
import io.serai.identity.internal.pki.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** What this node has been set up with. Is there from when it has been: see {@link IdentitySetup}. */
@Component(
        service = IdentityVault.class,
        enabled = false,
        configurationPid = IdentitySettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class IdentityVault {
    private final IdentitySettings settings;
    private final Clock clock;
    private final IdentityFolder folder;
    private final UUID id;
    private volatile Authority authority;
    private volatile Credentials credentials;

    /**
     * Reads the files.
     *
     * @throws IOException if they cannot be read
     * @throws GeneralSecurityException if they are damaged
     */
    @Activate
    public IdentityVault(IdentityConfig config) throws IOException, GeneralSecurityException {
        this(IdentitySettings.of(config), Clock.systemUTC());
    }

    IdentityVault(IdentitySettings settings, Clock clock) throws IOException, GeneralSecurityException {
        this.settings = settings;
        this.clock = clock;
        this.folder = IdentityFolder.open(settings.directory());
        this.id = NodeIds.read(folder);
        X509Certificate certificate = Pem.certificates(folder.require(IdentityFolder.AUTHORITY_CERTIFICATE))
                .get(0);
        this.authority = new Authority(Pem.key(folder.require(IdentityFolder.AUTHORITY_KEY)), certificate);
        this.credentials = load();
    }

    UUID id() {
        return id;
    }

    NodeAddress address() {
        return settings.address();
    }

    IdentitySettings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    Authority authority() {
        return authority;
    }

    Credentials credentials() {
        return credentials;
    }

    /** Makes credentials that are not used yet. */
    Credentials next() throws GeneralSecurityException {
        return Certificates.succeed(
                authority, settings.address().subject(id), credentials, clock.instant(), settings.validity());
    }

    /** Signs a certificate of a node. */
    X509Certificate issue(NodeAddress address, UUID node, PublicKey key) throws GeneralSecurityException {
        return Certificates.issue(authority, address.subject(node), key, clock.instant(), settings.validity());
    }

    /** Replaces the certificate of the authority, which has the same key, now and after the next start. */
    synchronized void adopt(X509Certificate renewed) throws IOException {
        try {
            folder.write(IdentityFolder.AUTHORITY_CERTIFICATE, Pem.of(List.of(renewed)));
        } catch (GeneralSecurityException e) {
            throw new IOException("Cannot write a certificate that was read", e);
        }
        authority = new Authority(authority.key(), renewed);
        credentials = underAuthority(credentials);
    }

    private Credentials underAuthority(Credentials some) {
        List<X509Certificate> chain =
                new ArrayList<>(some.chain().subList(0, some.chain().size() - 1));
        chain.add(authority.certificate());
        return new Credentials(some.key(), chain);
    }

    /** Replaces the credentials, now and after the next start. */
    synchronized void replace(Credentials next) throws IOException, GeneralSecurityException {
        folder.write(IdentityFolder.NEXT_KEY, Pem.of(next.key()));
        folder.write(
                IdentityFolder.NODE_CERTIFICATE,
                Pem.of(next.chain().subList(0, next.chain().size() - 1)));
        folder.rename(IdentityFolder.NEXT_KEY, IdentityFolder.NODE_KEY);
        credentials = underAuthority(next);
    }

    /** Returns whom this node has heard of last. */
    KnownMembers known() throws IOException {
        try {
            return folder.read(IdentityFolder.MEMBERS)
                    .map(text -> JoinJson.read(text.getBytes(StandardCharsets.UTF_8), KnownMembers.class))
                    .orElse(KnownMembers.NONE);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "Cannot read " + folder.path().resolve(IdentityFolder.MEMBERS) + ": " + e.getMessage(), e);
        }
    }

    /** Keeps whom the state names. */
    void keep(List<Member> members) throws IOException {
        KnownMembers known = new KnownMembers(KnownMembers.VERSION, false, members);
        String text = new String(JoinJson.write(known), StandardCharsets.UTF_8);
        if (!folder.read(IdentityFolder.MEMBERS).equals(Optional.of(text))) {
            folder.write(IdentityFolder.MEMBERS, text);
        }
    }

    private Credentials load() throws IOException, GeneralSecurityException {
        List<X509Certificate> chain =
                new ArrayList<>(Pem.certificates(folder.require(IdentityFolder.NODE_CERTIFICATE)));
        if (folder.has(IdentityFolder.NEXT_KEY)) { // a crash came while they were replaced
            PrivateKey next = Pem.key(folder.require(IdentityFolder.NEXT_KEY));
            if (Keys.matches(next, chain.get(0).getPublicKey())) {
                folder.rename(IdentityFolder.NEXT_KEY, IdentityFolder.NODE_KEY);
            } else {
                folder.delete(IdentityFolder.NEXT_KEY);
            }
        }
        chain.add(authority.certificate());
        return new Credentials(Pem.key(folder.require(IdentityFolder.NODE_KEY)), chain);
    }
}
