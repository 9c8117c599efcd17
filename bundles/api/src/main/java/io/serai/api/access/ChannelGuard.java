package io.serai.api.access;

import org.osgi.annotation.versioning.ProviderType;

/** Lets requests to one channel pass, or refuses them. Thread-safe. */
@ProviderType
public interface ChannelGuard {

    /**
     * Decides about a request, and counts it if it may pass. Takes about a microsecond for somebody who was here before; a
     * password that was not seen lately takes some ten milliseconds of processor time, a token some ten microseconds. Waits
     * for no other node and no other server. Refusals are recorded in the audit log, at most one line of an address a minute.
     */
    Admission admit(Visit visit);
}
