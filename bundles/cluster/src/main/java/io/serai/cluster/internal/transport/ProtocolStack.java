package io.serai.cluster.internal.transport;

import io.serai.cluster.internal.transport.JGroupsTransport.Listener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jgroups.PhysicalAddress;
import org.jgroups.protocols.FRAG2;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.PerDestinationBundler;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.TCPPING;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;

/**
 * The protocols of JGroups, from the network upwards: TCP over TLS only, one port, no diagnostics. FD_SOCK2 is left out, as
 * it opens a second port beside TLS.
 */
final class ProtocolStack {
    // A node that is killed closes its connections, which says so at once. One that hangs, or is behind a cut cable, is
    // noticed after five heartbeats that did not come, counted every 650 ms, and half a second of asking again: 3.7 to
    // 4.4 s. Four heartbeats may be late on a busy machine.
    private static final long HEARTBEAT_MILLIS = 650;
    private static final long SILENCE_MILLIS = 5 * HEARTBEAT_MILLIS;
    private static final long VERIFY_MILLIS = 500;
    // how often parts of a cluster look for each other
    private static final long MERGE_MIN_MILLIS = 1_000;
    private static final long MERGE_MAX_MILLIS = 4_000;
    // how long to look for others before being the first; a node that knows of no other is at once
    private static final long JOIN_MILLIS = 1_000;
    private static final long LEAVE_MILLIS = 1_000;
    private static final int CONNECT_MILLIS = 2_000;
    // more than the transport ever bundles into one: what claims to be longer is not from a node
    private static final int MAX_FRAME_BYTES = 1024 * 1024;
    // a piece of a transfer in one go
    private static final int FRAGMENT_BYTES = 600_000;
    private static final int BUNDLE_BYTES = 640_000;
    private static final long FLOW_CONTROL_BYTES = 4_000_000;

    private ProtocolStack() {}

    static SilenceDetection silenceDetection() {
        SilenceDetection detection = new SilenceDetection();
        detection.setTimeout(SILENCE_MILLIS);
        detection.setInterval(HEARTBEAT_MILLIS);
        return detection;
    }

    /** Returns the protocols over sockets; looks for others on some hosts, also on those that are added later. */
    static List<Protocol> of(
            Listener listener, TlsSockets sockets, Collection<PhysicalAddress> hosts, SilenceDetection silence) {
        List<Protocol> protocols = new ArrayList<>();
        protocols.add(tcp(listener.address(), sockets));
        protocols.add(new TCPPING().setPortRange(0).setInitialHosts2(hosts));
        protocols.add(new MERGE3().setMinInterval(MERGE_MIN_MILLIS).setMaxInterval(MERGE_MAX_MILLIS));
        protocols.add(silence);
        protocols.add(new VERIFY_SUSPECT2().setTimeout(VERIFY_MILLIS));
        protocols.add(new NAKACK2().useMcastXmit(false));
        protocols.add(new UNICAST3());
        protocols.add(new STABLE());
        // whether to look for others for a while, or to be the first at once
        boolean alone = hosts.size() == 1;
        protocols.add(new GMS()
                .setJoinTimeout(alone ? 1 : JOIN_MILLIS)
                .setLeaveTimeout(LEAVE_MILLIS)
                .printLocalAddress(false));
        protocols.add(new UFC().setMaxCredits(FLOW_CONTROL_BYTES));
        protocols.add(new MFC().setMaxCredits(FLOW_CONTROL_BYTES));
        protocols.add(new FRAG2().setFragSize(FRAGMENT_BYTES));
        return protocols;
    }

    private static TCP tcp(InetSocketAddress address, TlsSockets sockets) {
        TCP tcp = new TCP();
        tcp.setBindAddress(address.getAddress());
        tcp.setBindPort(address.getPort());
        tcp.setPortRange(0);
        tcp.setSocketFactory(sockets);
        tcp.setSockConnTimeout(CONNECT_MILLIS);
        tcp.setMaxLength(MAX_FRAME_BYTES);
        tcp.enableSuspectEvents(true);
        // a node that does not read holds up nobody but itself
        tcp.nonBlockingSends(true);
        tcp.tcpNodelay(true);
        tcp.setBundler(new PerDestinationBundler().setMaxSize(BUNDLE_BYTES));
        tcp.disableDiagnostics();
        return tcp;
    }
}
