package io.serai.api.access;

import org.osgi.annotation.versioning.ProviderType;

/** Makes what guards channels. Thread-safe. */
@ProviderType
public interface ChannelAccess {

    /**
     * Returns the guard of a channel. It follows the objects that its rules name: a credential that is changed, disabled or
     * removed counts so some milliseconds later.
     */
    ChannelGuard guard(ChannelRules rules);
}
