package io.serai.access.internal.check;

import io.serai.access.internal.check.Finding.Unknown;
import io.serai.access.internal.credential.Credential;
import io.serai.access.internal.credential.Credentials;
import io.serai.access.internal.credential.KeySecrets;
import io.serai.access.internal.credential.Proof.ApiKey;
import java.security.MessageDigest;
import java.util.Optional;

/** Keys that the server has made: a look into a map, and one SHA-256. */
final class KeyCheck {
    private KeyCheck() {}

    /** Checks what is in a header that may have a key. */
    static Finding check(Credentials credentials, String header, String key) {
        byte[] hash = KeySecrets.sha256(key);
        Optional<Credential> credential = KeySecrets.id(key)
                .flatMap(credentials::ofKeyId)
                .filter(each -> isRight((ApiKey) each.proof(), header, hash));
        return credential.isPresent()
                ? Verified.of(credential.get(), Optional.empty(), Long.MAX_VALUE, null)
                : Unknown.WRONG;
    }

    private static boolean isRight(ApiKey key, String header, byte[] hash) {
        return key.header().equalsIgnoreCase(header)
                && key.secret()
                        .filter(secret -> MessageDigest.isEqual(secret.bytes(), hash))
                        .isPresent();
    }
}
