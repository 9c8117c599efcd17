package io.serai.access.internal.check;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** What stands for an address when something is counted: of IPv6 a network of 64 bits, since its user has all of it. */
public final class ClientNetwork {
    private static final int NETWORK_BYTES = 8;

    private ClientNetwork() {}

    /** Returns it as a text. */
    public static String of(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK_BYTES)
                : address.getHostAddress();
    }
}
