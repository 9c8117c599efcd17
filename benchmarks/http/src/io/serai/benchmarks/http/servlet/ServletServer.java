package io.serai.benchmarks.http.servlet;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** The same Jetty with nothing but a servlet, or nothing but a handler, that writes a constant. */
public final class ServletServer {
    private static final byte[] BODY = "{\"text\":\"Hello, Ann!\",\"visits\":42}".getBytes(StandardCharsets.UTF_8);

    private ServletServer() {}

    /** Starts it; prints its port. */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        if (arguments[0].equals("handler")) {
            server.setHandler(new Constant());
        } else {
            ServletContextHandler context = new ServletContextHandler("/");
            context.addServlet(new ConstantServlet(), "/hello");
            server.setHandler(context);
        }
        server.start();
        System.out.println("port " + connector.getLocalPort());
        System.in.read();
        System.exit(0);
    }

    private static final class ConstantServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json");
            response.setContentLength(BODY.length);
            response.getOutputStream().write(BODY);
        }
    }

    private static final class Constant extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.write(true, ByteBuffer.wrap(BODY), callback);
            return true;
        }
    }
}
