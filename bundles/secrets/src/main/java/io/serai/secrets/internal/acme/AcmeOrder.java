package io.serai.secrets.internal.acme;

import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;

/** One order of a certificate. */
public final class AcmeOrder {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final AcmeSpec spec;
    private final Challenges challenges;

    /** Begins an order. */
    public AcmeOrder(AcmeSpec spec, Challenges challenges) {
        this.spec = spec;
        this.challenges = challenges;
    }

    /**
     * Does it; takes seconds, minutes at most.
     *
     * @param account the key of the account, which is made at the server if there is none yet
     * @param external the key of the account that {@link AcmeSpec#external} names
     * @throws IOException saying what the server, or the way to it, refused
     */
    public Issued run(KeyPair account, Optional<char[]> external) throws IOException, InterruptedException {
        try {
            Login login = login(account, external);
            Order order = login.newOrder().domains(spec.names()).create();
            for (Authorization authorization : order.getAuthorizations()) {
                if (authorization.getStatus() != Status.VALID) {
                    prove(authorization);
                }
            }
            order.waitUntilReady(PATIENCE);
            KeyPair key = EllipticKeys.random();
            order.execute(key);
            if (order.waitForCompletion(PATIENCE) != Status.VALID) {
                throw new IOException("the order was not fulfilled"
                        + order.getError().map(AcmeOrder::said).orElse(""));
            }
            StringWriter chain = new StringWriter();
            order.getCertificate().writeCertificate(chain);
            return new Issued(chain.toString(), key.getPrivate());
        } catch (AcmeException | AcmeLazyLoadingException e) {
            throw new IOException(spec.directory().getHost() + " refused the order: " + reason(e), e);
        } catch (GeneralSecurityException e) {
            throw new IOException("the authorities of the server are no PEM of X.509 certificates", e);
        }
    }

    private Login login(KeyPair key, Optional<char[]> external)
            throws AcmeException, GeneralSecurityException, IOException {
        AccountBuilder account = new AccountBuilder().useKeyPair(key).agreeToTermsOfService();
        spec.contact().ifPresent(account::addEmail);
        if (spec.external().isPresent() && external.isPresent()) {
            account.withKeyIdentifier(spec.external().get().keyId(), new String(external.get()).strip());
        }
        return account.createLogin(AcmeServer.session(spec));
    }

    private void prove(Authorization authorization) throws AcmeException, IOException, InterruptedException {
        String name = authorization.getIdentifier().getDomain();
        Http01Challenge challenge = authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(() -> new IOException(
                        spec.directory().getHost() + " does not look over HTTP whether " + name + " is yours"));
        challenges.publish(challenge.getAuthorization());
        challenge.trigger();
        if (authorization.waitForCompletion(PATIENCE) != Status.VALID) {
            challenge.fetch();
            throw new IOException(spec.directory().getHost() + " did not find this cluster under " + name
                    + challenge.getError().map(AcmeOrder::said).orElse("")
                    + "; port 80 of that name must lead to the HTTP ports of the nodes");
        }
    }

    private static String said(Problem problem) {
        return ", and said: " + problem.getDetail().orElse(problem.toString());
    }

    /** Returns what went wrong, from the outside to the inside; acme4j says only that the network did. */
    private static String reason(Exception failure) {
        List<String> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            String said = message == null ? cause.getClass().getSimpleName() : message;
            if (causes.stream().noneMatch(known -> known.contains(said))) {
                causes.add(said);
            }
        }
        return String.join(": ", causes);
    }
}
