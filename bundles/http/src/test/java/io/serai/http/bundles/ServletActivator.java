package io.serai.http.bundles;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** The activator of a user's bundle, which registers a servlet. */
public final class ServletActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Map<String, Object> properties = Map.of("osgi.http.whiteboard.servlet.pattern", "/user");
        context.registerService(Servlet.class, new UserServlet(), FrameworkUtil.asDictionary(properties));
    }

    @Override
    public void stop(BundleContext context) {
        // the framework unregisters the servlet
    }

    private static final class UserServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("servlet of a bundle");
        }
    }
}
