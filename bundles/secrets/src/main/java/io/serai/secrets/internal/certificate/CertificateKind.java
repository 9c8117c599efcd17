package io.serai.secrets.internal.certificate;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Problem;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.object.SchemaFile;
import io.serai.secrets.internal.key.KeySlot;
import io.serai.secrets.internal.key.Keyring;
import io.serai.secrets.internal.key.Keys;
import io.serai.secrets.internal.key.SealException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code certificate}: what channels show to clients; whoever changes one gives the key, and what is kept is sealed. */
@Component(service = ObjectKind.class)
public final class CertificateKind implements ObjectKind {
    // what an authority gives, which no person does
    private static final List<String> ISSUED =
            List.of(CertificateSpec.CHAIN, CertificateSpec.SEALED, CertificateSpec.ACCOUNT);

    private final String schema = SchemaFile.read(CertificateKind.class, CertificateSpec.KIND);
    private final KeySlot keys;

    /** Seals with the keys that come. */
    @Activate
    public CertificateKind(@Reference KeySlot keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return CertificateSpec.KIND;
    }

    @Override
    public String schema() {
        return schema;
    }

    @Override
    public Map<String, Object> keep(ObjectKey key, Map<String, Object> given, Optional<Map<String, Object>> before)
            throws ObjectException {
        Map<String, Object> kept = new LinkedHashMap<>(given);
        kept.remove(CertificateSpec.SEALED);
        kept.remove(CertificateSpec.ACCOUNT);
        if (kept.containsKey(CertificateSpec.ACME)) {
            refuseGiven(key, kept);
            before.filter(spec -> spec.containsKey(CertificateSpec.ACME))
                    .ifPresent(spec ->
                            ISSUED.stream().filter(spec::containsKey).forEach(name -> kept.put(name, spec.get(name))));
            check(key, kept);
            return kept;
        }
        Object secret = kept.remove(CertificateSpec.KEY);
        if (secret instanceof String text) {
            kept.put(CertificateSpec.SEALED, seal(key, String.valueOf(given.get(CertificateSpec.CHAIN)), text));
        } else if (!kept.containsKey(CertificateSpec.FROM)) {
            before.map(spec -> spec.get(CertificateSpec.SEALED))
                    .ifPresent(known -> kept.put(CertificateSpec.SEALED, known));
        }
        check(key, kept);
        return kept;
    }

    private static void refuseGiven(ObjectKey key, Map<String, Object> given) throws ObjectException {
        if (given.containsKey(CertificateSpec.CHAIN) || given.containsKey(CertificateSpec.KEY)) {
            throw refusal(
                    key,
                    new IllegalArgumentException("has acme, which chain and key come from; give either it or both"));
        }
    }

    private String seal(ObjectKey key, String chain, String text) throws ObjectException {
        Keys known = keys.keys()
                .orElseThrow(() -> new ObjectException(
                        Reason.IO, "Cannot seal " + key + ": the node is still coming up; try again", null));
        char[] secret = text.toCharArray();
        try {
            ChannelCertificate unused = ChannelCertificate.read(chain, secret);
            return Keyring.seal(known.sealing(), CertificateSpec.owner(key.name()), secret)
                    .toString();
        } catch (IllegalArgumentException e) {
            throw refusal(key, e);
        } catch (SealException e) {
            throw new ObjectException(Reason.IO, "Cannot seal " + key + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    @Override
    public Map<String, Object> show(ObjectKey key, Map<String, Object> kept) {
        Map<String, Object> shown = new LinkedHashMap<>(kept);
        shown.remove(CertificateSpec.SEALED);
        shown.remove(CertificateSpec.KEY);
        if (kept.containsKey(CertificateSpec.ACME)) {
            ISSUED.forEach(shown::remove);
        }
        return shown;
    }

    @Override
    public void check(ObjectKey key, Map<String, Object> kept) throws ObjectException {
        try {
            CertificateSpec.of(kept).chain().ifPresent(CertificateChain::read);
        } catch (IllegalArgumentException e) {
            throw refusal(key, e);
        }
    }

    private static ObjectException refusal(ObjectKey key, IllegalArgumentException cause) {
        String message = String.valueOf(cause.getMessage());
        return new ObjectException(
                Reason.INVALID,
                "Cannot take " + key + ": " + message,
                List.of(new Problem(key.toString(), "/spec", message)),
                cause);
    }
}
