package io.serai.camel.internal;

import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.TypeConverter;
import org.apache.camel.karaf.core.AbstractOsgiDefaultCamelContext;
import org.apache.camel.karaf.core.OsgiBeanRepository;
import org.apache.camel.karaf.core.OsgiCamelContextHelper;
import org.apache.camel.karaf.core.OsgiTypeConverter;
import org.apache.camel.karaf.core.utils.BundleDelegatingClassLoader;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.FactoryFinderResolver;
import org.apache.camel.support.DefaultRegistry;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Camel context that finds components, languages and beans in OSGi. Unlike {@code OsgiDefaultCamelContext} it lets go
 * of its service listener, and looks for factories only in bundles that use Camel.
 */
final class RouteCamelContext extends AbstractOsgiDefaultCamelContext {
    private static final Logger LOG = LoggerFactory.getLogger(RouteCamelContext.class);

    private final OsgiBeanRepository beans;
    private volatile @Nullable OsgiTypeConverter converter;

    /**
     * Makes a context that is built, but not initialized.
     *
     * @param application the bundle that classes and services are looked up for
     */
    RouteCamelContext(String name, BundleContext application) {
        super(application);
        // Looks for strategies by a mechanism that does not reach over bundles.
        getLifecycleStrategies()
                .removeIf(strategy -> strategy.getClass().getSimpleName().contains("OnCamelContextLifecycleStrategy"));
        OsgiCamelContextHelper.osgiUpdate(this, application);
        beans = new OsgiBeanRepository(application);
        getCamelContextExtension().setRegistry(new DefaultRegistry(beans));
        addLifecycleStrategy(beans);
        setApplicationContextClassLoader(new BundleDelegatingClassLoader(application.getBundle()));
        getCamelContextExtension().setName(name);
        setManagementName(name);
        disableJMX();
        setSourceLocationEnabled(true);
        setStartupSummaryLevel(StartupSummaryLevel.Off);
        getExecutorServiceManager().setThreadNamePattern("camel-#camelId#-#name#-#counter#");
        getCamelContextExtension().setErrorHandlerFactory(errorHandler());
        build();
    }

    /** Returns Camel's default, which routes may replace, but with one line for a failed exchange. */
    private static ErrorHandlerFactory errorHandler() {
        DefaultErrorHandlerDefinition handler = new DefaultErrorHandlerDefinition();
        handler.setLoggerBean(new ExchangeFailureLogger());
        handler.setRedeliveryPolicy(new RedeliveryPolicyDefinition().logExhaustedMessageHistory(false));
        return handler;
    }

    @Override
    protected TypeConverter createTypeConverter() {
        OsgiTypeConverter created = new OsgiTypeConverter(coreContext(), this, getInjector());
        converter = created;
        return created;
    }

    @Override
    protected FactoryFinderResolver createFactoryFinderResolver() {
        return new WiredFactoryFinder.Resolver(coreContext().getBundle());
    }

    /** Lets go of the listeners that Camel leaves behind when it stops, or was never started. */
    void release() {
        OsgiTypeConverter created = converter;
        if (created != null && !created.isStopped()) {
            created.start();
            created.stop();
        }
        try {
            getBundleContext().removeServiceListener(beans);
        } catch (IllegalStateException e) {
            LOG.debug("Bundle has taken its listeners along: context={}", getName(), e);
        }
    }

    private static BundleContext coreContext() {
        return FrameworkUtil.getBundle(RouteCamelContext.class).getBundleContext();
    }
}
