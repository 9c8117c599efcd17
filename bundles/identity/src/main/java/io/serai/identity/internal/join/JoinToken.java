package io.serai.identity.internal.join;

import io.serai.identity.internal.members.MemberRules;
import io.serai.identity.internal.pki.Fingerprints;
import java.net.URI;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What lets one node in, once.
 *
 * @param expires until when, in seconds
 * @param secret 16 random bytes, in hexadecimal digits
 * @param id what the state knows it by, 8 bytes in hexadecimal digits
 * @param authority the SHA-256 of the public key of the cluster's authority, so that the new node knows whom it talks to
 * @param addresses where to ask, one to three
 */
public record JoinToken(Instant expires, String secret, String id, String authority, List<Address> addresses) {
    /** How many bytes cannot be guessed. */
    public static final int SECRET_BYTES = 16;

    /** How many bytes name it. */
    public static final int ID_BYTES = 8;

    /** How many addresses it has at most. */
    public static final int MAX_ADDRESSES = 3;

    private static final String PREFIX = "serai-join-";
    private static final byte VERSION = 1;
    private static final int AUTHORITY_BYTES = 32;
    private static final int MAX_TEXT = 2_048;
    private static final HexFormat HEX = HexFormat.of();

    /**
     * An administration server.
     *
     * @param host a host name or an IP address
     * @param port its port
     */
    public record Address(String host, int port) {
        /** Returns where nodes ask to be let in. */
        public URI join() {
            String authority = host.contains(":") ? "[" + host + "]" : host;
            return URI.create("https://" + authority + ":" + port + "/api/v1/cluster/join");
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Copies the list. */
    public JoinToken {
        addresses = List.copyOf(addresses);
    }

    /** Returns what the state keeps of a secret. */
    public static String hash(String secret) {
        return Fingerprints.of(HEX.parseHex(secret));
    }

    /**
     * Reads a token.
     *
     * @throws IllegalArgumentException if it is none; the message does not repeat it
     */
    public static JoinToken parse(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith(PREFIX) || stripped.length() > MAX_TEXT) {
            throw new IllegalArgumentException("it does not begin with " + PREFIX);
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(stripped.substring(PREFIX.length())));
            if (bytes.get() != VERSION) {
                throw new IllegalArgumentException("it was made by a newer version of Serai");
            }
            JoinToken token = new JoinToken(
                    Instant.ofEpochSecond(bytes.getLong()),
                    hex(bytes, SECRET_BYTES),
                    hex(bytes, ID_BYTES),
                    hex(bytes, AUTHORITY_BYTES),
                    addresses(bytes));
            if (!bytes.hasRemaining()) {
                return token;
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a part of it is missing");
        }
        throw new IllegalArgumentException("it is longer than a token can be");
    }

    /** Returns the token as people hand it on. */
    public String text() {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_TEXT)
                .put(VERSION)
                .putLong(expires.getEpochSecond())
                .put(HEX.parseHex(secret))
                .put(HEX.parseHex(id))
                .put(HEX.parseHex(authority))
                .put((byte) addresses.size());
        for (Address address : addresses) {
            byte[] host = address.host().getBytes(StandardCharsets.US_ASCII);
            bytes.put((byte) host.length).put(host).putShort((short) address.port());
        }
        byte[] used = new byte[bytes.flip().remaining()];
        bytes.get(used);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(used);
    }

    private static List<Address> addresses(ByteBuffer bytes) {
        int count = bytes.get();
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] host = new byte[Byte.toUnsignedInt(bytes.get())];
            bytes.get(host);
            Address address =
                    new Address(new String(host, StandardCharsets.US_ASCII), Short.toUnsignedInt(bytes.getShort()));
            if (!MemberRules.isHost(address.host()) || !MemberRules.isPort(address.port())) {
                throw new IllegalArgumentException("it has an address that is none");
            }
            addresses.add(address);
        }
        if (addresses.isEmpty() || count > MAX_ADDRESSES) {
            throw new IllegalArgumentException("it has " + count + " addresses instead of 1 to " + MAX_ADDRESSES);
        }
        return addresses;
    }

    private static String hex(ByteBuffer bytes, int count) {
        byte[] part = new byte[count];
        bytes.get(part);
        return HEX.formatHex(part);
    }

    @Override
    public String toString() {
        return "JoinToken[" + id + "]";
    }
}
