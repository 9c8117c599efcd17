package io.serai.http.internal;

import jakarta.servlet.Servlet;
import java.util.Hashtable;
import org.apache.felix.http.base.internal.HttpServiceController;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.osgi.framework.BundleContext;

/**
 * The servlet whiteboard (OSGi Compendium, chapter 140) and the older HTTP service, for {@code jakarta.servlet} and
 * {@code javax.servlet}: the implementation of Felix, behind the REST handler in our own server. Felix's Jetty bundle
 * cannot lend its own server, since it starts none without a port of its own.
 */
final class Whiteboard {
    private final HttpServiceController controller;
    private final ServletContextHandler handler;

    Whiteboard(BundleContext bundle, Request.Handler errors) {
        controller = new HttpServiceController(bundle);
        handler = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        handler.setErrorHandler(errors);
        handler.addEventListener(controller.getEventDispatcher());
        handler.getSessionHandler().addEventListener(controller.getEventDispatcher());
        handler.getSessionHandler().setHttpOnly(true);
        handler.getSessionHandler().setSameSite(HttpCookie.SameSite.LAX);
        Servlet dispatcher = controller.createDispatcherServlet();
        ServletHolder holder = new ServletHolder(dispatcher);
        holder.setAsyncSupported(true);
        handler.addServlet(holder, "/*");
    }

    ServletContextHandler handler() {
        return handler;
    }

    /** Begins to take servlets, now that the server runs. */
    @SuppressWarnings("JdkObsolete") // the controller takes a Hashtable, as OSGi of old
    void open(String endpoint) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.endpoint", new String[] {endpoint});
        controller.getEventDispatcher().setActive(true);
        controller.register(handler.getServletContext(), properties);
    }

    /** Lets go of all servlets. */
    void close() {
        controller.getEventDispatcher().setActive(false);
        controller.unregister();
    }
}
