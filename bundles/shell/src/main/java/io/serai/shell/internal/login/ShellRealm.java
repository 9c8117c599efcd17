package io.serai.shell.internal.login;

import static javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag.SUFFICIENT;

import io.serai.api.security.LoginService;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.apache.karaf.jaas.modules.publickey.PublickeyLoginModule;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Lets in who has a key that {@code etc/keys.properties} knows, and users of the cluster with their password. Takes the place of
 * the realm that Karaf brings, which knows only the former; until this one is there, that one does.
 */
@Component(service = JaasRealm.class)
public final class ShellRealm implements JaasRealm {
    private static final String NAME = "karaf";
    private static final int ABOVE_KARAFS_OWN = 10;

    private final BundleContext bundle;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable LoginService logins;

    /** Has its login modules loaded from a bundle. */
    @Activate
    public ShellRealm(BundleContext bundle) {
        this.bundle = bundle;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public int getRank() {
        return ABOVE_KARAFS_OWN;
    }

    @Override
    public AppConfigurationEntry[] getEntries() {
        Path keys = Path.of(System.getProperty("karaf.etc", "etc"), "keys.properties");
        Supplier<Optional<LoginService>> source = () -> Optional.ofNullable(logins);
        return new AppConfigurationEntry[] {
            entry(PublickeyLoginModule.class, Map.of("users", keys.toString())),
            entry(PasswordLoginModule.class, Map.of(PasswordLoginModule.LOGINS, source))
        };
    }

    private AppConfigurationEntry entry(Class<?> module, Map<String, ?> options) {
        Map<String, Object> all = new HashMap<>(options);
        // what Karaf's Config puts there
        all.put(BundleContext.class.getName(), bundle);
        all.put(ProxyLoginModule.PROPERTY_MODULE, module.getName());
        all.put(
                ProxyLoginModule.PROPERTY_BUNDLE,
                Long.toString(FrameworkUtil.getBundle(module).getBundleId()));
        return new AppConfigurationEntry(ProxyLoginModule.class.getName(), SUFFICIENT, all);
    }
}
