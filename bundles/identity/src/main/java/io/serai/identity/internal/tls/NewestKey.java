package io.serai.identity.internal.tls;

import io.serai.identity.internal.pki.Credentials;
import io.serai.identity.internal.pki.Keys;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows the newest certificate at each handshake. */
public final class NewestKey extends X509ExtendedKeyManager {
    private final Supplier<Credentials> newest;
    private volatile Credentials[] shown = {};

    /** Shows what a supplier gives. */
    public NewestKey(Supplier<Credentials> newest) {
        this.newest = newest;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
        return choose(types);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
        return choose(types);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
        return choose(type);
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
        return choose(type);
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        String alias = choose(type);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return getClientAliases(type, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Credentials credentials = find(alias);
        return credentials == null ? null : credentials.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Credentials credentials = find(alias);
        return credentials == null ? null : credentials.key();
    }

    /** Returns the name of the newest, which a handshake goes on to use even if there is a newer one by then. */
    private @Nullable String choose(String... types) {
        if (!Arrays.asList(types).contains(Keys.ALGORITHM)) {
            return null;
        }
        Credentials now = newest.get();
        Credentials[] before = shown;
        if (before.length == 0 || !before[0].equals(now)) {
            shown = before.length == 0 ? new Credentials[] {now} : new Credentials[] {now, before[0]};
        }
        return now.fingerprint();
    }

    private @Nullable Credentials find(String alias) {
        for (Credentials credentials : shown) {
            if (credentials.fingerprint().equals(alias)) {
                return credentials;
            }
        }
        return null;
    }
}
