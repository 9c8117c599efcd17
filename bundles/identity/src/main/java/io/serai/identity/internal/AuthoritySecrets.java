package io.serai.identity.internal;

import io.serai.api.cluster.ClusterSecrets;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.util.BigIntegers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Derives keys from that of the authority by HKDF with SHA-256 (RFC 5869). */
@Component(service = ClusterSecrets.class)
public final class AuthoritySecrets implements ClusterSecrets {
    private static final byte[] SALT = "serai cluster secrets 1".getBytes(StandardCharsets.UTF_8);

    private final IdentityVault vault;

    /** Derives from the authority that this node has at the moment. */
    @Activate
    public AuthoritySecrets(@Reference IdentityVault vault) {
        this.vault = vault;
    }

    @Override
    public byte[] derive(String purpose) {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(
                new HKDFParameters(material(vault.authority().key()), SALT, purpose.getBytes(StandardCharsets.UTF_8)));
        byte[] key = new byte[KEY_BYTES];
        generator.generateBytes(key, 0, key.length);
        return key;
    }

    /** Returns what is secret of a key, whatever form its file has on which node. */
    private static byte[] material(PrivateKey key) {
        return key instanceof ECPrivateKey curve
                ? BigIntegers.asUnsignedByteArray(KEY_BYTES, curve.getS())
                : key.getEncoded();
    }
}
