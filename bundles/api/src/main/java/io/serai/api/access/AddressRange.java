package io.serai.api.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses that have their first bits in common, of IPv4 or IPv6, as RFC 4632 and RFC 4291 write them. Immutable. */
public final class AddressRange {
    private static final int MAX_CHARACTERS = 49; // the longest address and the longest prefix

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]+");

    private final byte[] network;
    private final int prefix;
    private final String text;

    private AddressRange(byte[] network, int prefix, String text) {
        this.network = network;
        this.prefix = prefix;
        this.text = text;
    }

    /**
     * Reads a range: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address. Looks no name up.
     *
     * @throws IllegalArgumentException if it is none, saying why
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = address(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> wrong(text, null))
                .getAddress();
        int bits = network.length * Byte.SIZE;
        int prefix = slash < 0 ? bits : prefix(text, slash, bits);
        for (int bit = prefix; bit < bits; bit++) {
            if ((network[bit / Byte.SIZE] & (0x80 >> (bit % Byte.SIZE))) != 0) {
                throw new IllegalArgumentException("'" + text + "' has bits beyond its first " + prefix
                        + "; write the first address of the range");
            }
        }
        return new AddressRange(network, prefix, text);
    }

    /** Returns the address that a text is, of IPv4 or IPv6; empty if it is none. Looks no name up. */
    public static Optional<InetAddress> address(String text) {
        boolean four = IPV4.matcher(text).matches();
        boolean six = text.indexOf(':') >= 0
                && text.length() <= MAX_CHARACTERS
                && IPV6.matcher(text).matches();
        if (!four && !six) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text)); // what has a colon, or is four bytes, is not looked up
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static int prefix(String text, int slash, int bits) {
        try {
            int prefix = Integer.parseInt(text.substring(slash + 1));
            if (prefix >= 0 && prefix <= bits) {
                return prefix;
            }
        } catch (NumberFormatException e) {
            throw wrong(text, e);
        }
        throw wrong(text, null);
    }

    private static IllegalArgumentException wrong(String text, @Nullable Exception cause) {
        String shown = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) + "..." : text;
        return new IllegalArgumentException(
                "'" + shown.replaceAll("\\p{Cntrl}", "?") + "' is no range of addresses; write for example 10.0.0.0/8,"
                        + " 2001:db8::/32 or 192.0.2.7",
                cause);
    }

    /** Returns whether an address is one of these; one of the other family never is. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != network[i]) {
                return false;
            }
        }
        int rest = prefix % Byte.SIZE;
        return rest == 0 || ((bytes[whole] ^ network[whole]) & 0xFF) >> (Byte.SIZE - rest) == 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressRange that && prefix == that.prefix && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    /** Returns the range as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
