package io.serai.secrets.internal.certificate;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.state.StatePath;
import io.serai.secrets.internal.acme.AcmeSpec;
import io.serai.secrets.internal.key.Keys;
import io.serai.secrets.internal.key.SealException;
import io.serai.secrets.internal.source.References;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives this node the certificates of the state, {@code objects/certificate/<name>.yaml}, as an {@link X509ExtendedKeyManager} with
 * the property {@code serai.purpose=channel}, which is there as long as there are any. Those in files are read again from time to
 * time.
 */
@Component(service = ArtifactHandler.class)
public final class CertificateFiles implements ArtifactHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateFiles.class);
    private static final String FOLDER = "objects/" + CertificateSpec.KIND;
    private static final String SUFFIX = ".yaml";

    private final BundleContext context;
    private final ObjectCodec codec;
    private final Keys keys;
    private final References references;
    private final OrderLog orders;
    private final Clock clock = Clock.systemUTC();
    private final ChannelKeys channels = new ChannelKeys(clock);
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();
    private final Object lock = new Object();
    // guarded by lock
    private @Nullable ServiceRegistration<X509ExtendedKeyManager> registration;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName("secrets-certificates-1");
        thread.setDaemon(true);
        return thread;
    });

    private record Shown(CertificateSpec spec, ChannelCertificate certificate) {}

    /** Begins with none. */
    @Activate
    public CertificateFiles(
            BundleContext context,
            @Reference ObjectCodec codec,
            @Reference Keys keys,
            @Reference References references,
            @Reference OrderLog orders) {
        this.context = context;
        this.codec = codec;
        this.keys = keys;
        this.references = references;
        this.orders = orders;
        long period = references.refresh().toMillis();
        var unused = executor.scheduleWithFixedDelay(this::refresh, period, period, TimeUnit.MILLISECONDS);
    }

    /** Withdraws all of them. */
    @Deactivate
    public void close() {
        executor.shutdownNow();
        synchronized (lock) {
            if (registration != null) {
                registration.unregister();
                registration = null;
            }
        }
    }

    @Override
    public String description() {
        return "certificates (" + FOLDER + "/*" + SUFFIX + ")";
    }

    @Override
    public boolean handles(StatePath path) {
        return path.isBelow(FOLDER)
                && path.segments().size() == 3
                && path.value().endsWith(SUFFIX);
    }

    @Override
    public String apply(Artifact artifact) throws DeploymentException {
        String name = name(artifact.path());
        try {
            CertificateSpec spec = CertificateSpec.of(codec.spec(artifact.path(), artifact.content()));
            // looked at again from time to time, as all that did not work for now: the verdict tells what orders come
            // to
            if (spec.acme().isPresent() && spec.sealed().isEmpty()) {
                throw new DeploymentException(
                        Reason.IO, notIssued(artifact.path(), name, spec.acme().get()), null);
            }
            ChannelCertificate certificate = load(name, spec);
            show(name, spec, certificate);
            return certificate.chain().describe(clock.instant());
        } catch (IllegalArgumentException e) {
            throw new DeploymentException(
                    Reason.INVALID, "Certificate " + name + " cannot be shown: " + e.getMessage(), e);
        } catch (ObjectException e) {
            throw new DeploymentException(Reason.INVALID, String.valueOf(e.getMessage()), e);
        } catch (IOException | SealException e) {
            throw new DeploymentException(Reason.IO, "Certificate " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String notIssued(StatePath path, String name, AcmeSpec acme) {
        return "Certificate " + name + " is not issued yet: "
                + orders.failure(path, acme)
                        .map(OrderLog.Failure::toString)
                        .orElse("it is ordered from " + acme.directory().getHost());
    }

    private ChannelCertificate load(String name, CertificateSpec spec) throws IOException, SealException {
        char[] key;
        String chain;
        if (spec.files().isPresent()) {
            chain = new String(references.file(spec.files().get().chain()));
            key = references.file(spec.files().get().key());
        } else if (spec.sealed().isPresent()) {
            chain = spec.chain().orElseThrow();
            key = keys.ring().open(spec.sealed().get(), CertificateSpec.owner(name));
        } else {
            throw new IllegalArgumentException("it has no key yet; put it with one");
        }
        ChannelCertificate certificate = ChannelCertificate.read(chain, key);
        Arrays.fill(key, '\0');
        if (!certificate.chain().isValid(clock.instant())) {
            throw new IllegalArgumentException("it counts from "
                    + certificate.chain().first().getNotBefore().toInstant() + " to "
                    + certificate.chain().first().getNotAfter().toInstant() + ", and now is " + clock.instant());
        }
        return certificate;
    }

    private void show(String name, CertificateSpec spec, ChannelCertificate certificate) {
        synchronized (lock) {
            channels.put(name, certificate);
            shown.put(name, new Shown(spec, certificate));
            if (registration == null) {
                registration = context.registerService(
                        X509ExtendedKeyManager.class,
                        channels,
                        FrameworkUtil.asDictionary(Map.of("serai.purpose", "channel")));
            }
        }
    }

    @Override
    public void remove(StatePath path) {
        synchronized (lock) {
            shown.remove(name(path));
            channels.remove(name(path));
            if (registration != null && channels.isEmpty()) {
                registration.unregister();
                registration = null;
            }
        }
    }

    /** Reads files again. */
    void refresh() {
        shown.forEach((name, known) -> {
            if (known.spec().files().isPresent()) {
                try {
                    ChannelCertificate now = load(name, known.spec());
                    if (!now.chain().equals(known.certificate().chain())) {
                        show(name, known.spec(), now);
                        LOG.info(
                                "A certificate was read that has changed: name={}, is={}",
                                name,
                                now.chain().describe(clock.instant()));
                    }
                } catch (IOException | SealException | IllegalArgumentException e) {
                    LOG.warn(
                            "A certificate was not read again, and counts as it was: name={}, cause={}",
                            name,
                            e.getMessage());
                }
            }
        });
    }

    private static String name(StatePath path) {
        String file = path.fileName();
        return file.substring(0, file.length() - SUFFIX.length());
    }
}
