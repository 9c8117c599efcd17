package io.serai.secrets.internal.certificate;

import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectDocument;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.secrets.internal.acme.AcmeSpec;
import io.serai.secrets.internal.acme.EllipticKeys;
import io.serai.secrets.internal.acme.Issued;
import io.serai.secrets.internal.key.Keyring;
import io.serai.secrets.internal.key.Keys;
import io.serai.secrets.internal.key.SealException;
import io.serai.secrets.internal.key.StateEdits;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The certificates of the state that are ordered from an authority. */
@Component(service = CertificateStore.class)
public final class CertificateStore {
    private static final Pattern OBJECT =
            Pattern.compile("(?:(?:groups|nodes)/[^/]+/)?objects/" + CertificateSpec.KIND + "/(.+)\\.yaml");

    private final StateRepository state;
    private final ObjectCodec codec;
    private final Keys keys;

    /** Reads a state, and writes to it. */
    @Activate
    public CertificateStore(@Reference StateRepository state, @Reference ObjectCodec codec, @Reference Keys keys) {
        this.state = state;
        this.codec = codec;
        this.keys = keys;
    }

    /** A certificate to be ordered, with what was issued before. */
    record Ordered(StatePath path, String name, CertificateSpec spec, AcmeSpec acme) {}

    /** Returns what the state is at. */
    CommitId commit() {
        return state.head().commit();
    }

    /** Returns all of them by their path; those that cannot be read are told of by their verdicts. */
    Map<StatePath, Ordered> ordered() {
        Snapshot head = state.head();
        Map<StatePath, Ordered> all = new TreeMap<>();
        for (StatePath path : head.files().keySet()) {
            find(head, path).ifPresent(found -> all.put(path, found));
        }
        return all;
    }

    private Optional<Ordered> find(Snapshot head, StatePath path) {
        Matcher matcher = OBJECT.matcher(path.value());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Optional<Content> content = head.content(path);
            if (content.isEmpty()) {
                return Optional.empty();
            }
            CertificateSpec spec = CertificateSpec.of(codec.spec(path, content.get()));
            return spec.acme().map(acme -> new Ordered(path, matcher.group(1), spec, acme));
        } catch (ObjectException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns one by its path. */
    Optional<Ordered> find(StatePath path) {
        return find(state.head(), path);
    }

    /** Returns the key of the account to order with: one that is used already, if it can be opened, otherwise a new one. */
    KeyPair account(Ordered wanted) {
        return ordered().values().stream()
                .filter(each -> each.acme().hasAccountOf(wanted.acme()))
                .flatMap(each -> account(each.name(), each.spec()).stream())
                .findFirst()
                .orElseGet(EllipticKeys::random);
    }

    private Optional<KeyPair> account(String name, CertificateSpec spec) {
        if (spec.account().isEmpty()) {
            return Optional.empty();
        }
        try {
            char[] text = keys.ring().open(spec.account().get(), CertificateSpec.owner(name));
            KeyPair key = EllipticKeys.of(text);
            Arrays.fill(text, '\0');
            return Optional.of(key);
        } catch (SealException | IllegalArgumentException e) {
            return Optional.empty(); // an account costs nothing
        }
    }

    /**
     * Makes what was issued part of the state.
     *
     * @throws StateException {@code CONFLICT} if something else is to be ordered by now, or why the state cannot be changed
     */
    void keep(Ordered wanted, KeyPair account, Issued issued, Author author) throws StateException, SealException {
        String owner = CertificateSpec.owner(wanted.name());
        char[] accountKey = EllipticKeys.text(account);
        char[] key = issued.keyInPem();
        Map<String, Object> fresh = new LinkedHashMap<>();
        fresh.put(CertificateSpec.CHAIN, issued.chain());
        fresh.put(
                CertificateSpec.SEALED, Keyring.seal(keys.sealing(), owner, key).toString());
        fresh.put(
                CertificateSpec.ACCOUNT,
                Keyring.seal(keys.sealing(), owner, accountKey).toString());
        Arrays.fill(key, '\0');
        Arrays.fill(accountKey, '\0');
        StateEdits.commit(state, head -> {
            Optional<Ordered> now = find(head, wanted.path());
            if (now.isEmpty() || !now.get().acme().equals(wanted.acme())) {
                throw new StateException(
                        Reason.CONFLICT, "Certificate " + wanted.name() + " was changed while it was ordered", null);
            }
            Map<String, Object> kept = new LinkedHashMap<>(spec(head, wanted.path()));
            kept.putAll(fresh);
            ObjectKey object = ObjectKey.of(CertificateSpec.KIND, wanted.name());
            Content content = Content.of(codec.yaml(List.of(new ObjectDocument(object, kept))));
            return new Change(
                    Map.of(wanted.path(), content),
                    Set.of(),
                    author,
                    "Keep the certificate " + wanted.name() + " that "
                            + wanted.acme().directory().getHost() + " issued",
                    Optional.of(head.commit()));
        });
    }

    private Map<String, Object> spec(Snapshot head, StatePath path) throws StateException {
        try {
            return codec.spec(path, head.content(path).orElseThrow());
        } catch (ObjectException e) {
            throw new StateException(Reason.CONFLICT, String.valueOf(e.getMessage()), e);
        }
    }
}
