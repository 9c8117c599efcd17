package io.serai.access.internal.check;

import io.serai.access.internal.credential.Credential;
import io.serai.access.internal.credential.IssuerKeys;
import io.serai.api.access.Admission;
import io.serai.api.access.Admission.Identity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has proved to have a credential.
 *
 * @param credential which; it counts as long as this very object does
 * @param admission what a guard answers that permits it
 * @param until until when what was shown counts, in milliseconds of the epoch
 * @param keys the keys of the issuer that it was proved by; null if by none
 */
public record Verified(Credential credential, Admission admission, long until, @Nullable IssuerKeys keys)
        implements Finding {

    static Verified of(Credential credential, Optional<String> subject, long until, @Nullable IssuerKeys keys) {
        String name = subject.map(each -> credential.name() + "/" + each).orElse(credential.name());
        Identity identity = new Identity(name, credential.groups());
        long end = Math.min(until, credential.standing().expires());
        return new Verified(
                credential, new Admission(Optional.of(identity), Optional.empty(), Optional.empty()), end, keys);
    }
}
