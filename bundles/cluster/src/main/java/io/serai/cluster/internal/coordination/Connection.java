package io.serai.cluster.internal.coordination;

import io.serai.cluster.internal.transport.Transport;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** The way from a transport to the hub: takes what comes on any thread to the one of coordination. */
public final class Connection implements AutoCloseable {
    private final Hub hub;
    private final ThreadAgenda agenda;
    private final Transport transport;

    /** Connects a hub once the transport says who is in reach. */
    public Connection(Hub hub, ThreadAgenda agenda, Transport transport) {
        this.hub = hub;
        this.agenda = agenda;
        this.transport = transport;
    }

    /** Is told who is in reach now; returns at once. */
    public void viewChanged(List<UUID> view) {
        agenda.execute(() -> hub.viewChanged(transport, view));
    }

    /**
     * Answers another process; waits for the thread.
     *
     * @throws IOException if the message cannot be read
     */
    public byte[] asked(UUID from, String kind, byte[] message) throws IOException {
        return agenda.call(() -> hub.asked(from, kind, message));
    }

    @Override
    public void close() {
        agenda.execute(() -> hub.disconnected(transport));
    }
}
