package io.serai.cluster.internal.transport;

import java.util.Set;
import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.FD_ALL3;

/**
 * Notices members that have fallen silent, and tells which. JGroups acts on that only where it leads to a new leader of the
 * view, or on the one that leads; if just one direction between two others is lost, nobody else would know.
 */
final class SilenceDetection extends FD_ALL3 {

    SilenceDetection() {
        // a protocol is known to other nodes by its number, which JGroups looks up by class
        setId(ClassConfigurator.getProtocolId(FD_ALL3.class));
    }

    /** Returns the members of the view that are silent. */
    synchronized Set<Address> detected() {
        return Set.copyOf(suspected_mbrs);
    }
}
