package io.serai.identity.internal;

import io.serai.api.cluster.NodeIdentity;
import io.serai.identity.internal.tls.AuditedTrust;
import io.serai.identity.internal.tls.MemberTrust;
import io.serai.identity.internal.tls.NewestKey;
import io.serai.identity.internal.tls.RefusalLog;
import io.serai.identity.internal.tls.Tls13Context;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The identity that the cluster's authority has certified. */
@Component(service = NodeIdentity.class)
public final class ClusterIdentity implements NodeIdentity {
    private final IdentityVault vault;
    private final SSLContext tls;

    /** Speaks TLS with what this node has been set up with. */
    @Activate
    public ClusterIdentity(@Reference IdentityVault vault, @Reference MemberDirectory members)
            throws GeneralSecurityException {
        // a renewed certificate of the authority has the same key and the same name
        MemberTrust trust = new MemberTrust(vault.authority().certificate(), members::hasCertificate, vault.clock());
        this.vault = vault;
        this.tls = Tls13Context.of(
                new NewestKey(vault::credentials), new AuditedTrust(trust, new RefusalLog(System::nanoTime)));
    }

    @Override
    public UUID id() {
        return vault.id();
    }

    @Override
    public String name() {
        return vault.address().name();
    }

    @Override
    public SSLContext tls() {
        return tls;
    }
}
