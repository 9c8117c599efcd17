package io.serai.admin.internal;

import io.serai.admin.internal.AdminSettings.Patience;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connections of clients that keep them busy with next to nothing: what trickles in byte by byte, handshake,
 * headers or body, never makes a connection idle.
 */
final class SlowClients implements Connection.Listener, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);
    // one check may fall between the halves of a request that arrives as fast as can be
    private static final int STRIKES = 2;

    private final Map<Connection, Progress> connections = new ConcurrentHashMap<>();
    private final Scheduler scheduler;
    private final long intervalMillis;
    private final long firstRequestMillis;
    private final long minBytes;

    SlowClients(Scheduler scheduler, Patience patience) {
        this.scheduler = scheduler;
        this.firstRequestMillis = patience.headers().toMillis();
        this.intervalMillis = firstRequestMillis / 2;
        this.minBytes = patience.rateBytes() * intervalMillis / TimeUnit.SECONDS.toMillis(1);
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)) {
            connections.put(connection, new Progress());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        connections.remove(connection);
    }

    /** Looks at all connections, and again after a while, until the scheduler stops. */
    @Override
    public void run() {
        long now = System.currentTimeMillis();
        connections.forEach((connection, progress) -> {
            boolean silent =
                    connection.getMessagesIn() == 0 && now - connection.getCreatedTimeStamp() > firstRequestMillis;
            if (progress.isSlow(connection, minBytes) || silent) {
                LOG.debug("Closed the connection of a slow client: from={}", connection.getEndPoint());
                connection.getEndPoint().close(new TimeoutException("The client sends too slowly"));
            }
        });
        scheduler.schedule(this, intervalMillis, TimeUnit.MILLISECONDS);
    }

    /** How far a connection was when it was last looked at. Used by one thread at a time. */
    private static final class Progress {
        private long bytes;
        private long messages;
        private int strikes;

        boolean isSlow(Connection connection, long minBytes) {
            long arrived = connection.getBytesIn() - bytes;
            boolean next = connection.getMessagesIn() != messages;
            bytes += arrived;
            messages = connection.getMessagesIn();
            if (next || arrived >= minBytes) {
                strikes = 0;
            } else if (arrived > 0) {
                strikes++;
            }
            return strikes >= STRIKES;
        }
    }
}
