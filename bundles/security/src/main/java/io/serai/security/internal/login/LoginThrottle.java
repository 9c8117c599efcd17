package io.serai.security.internal.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Makes guessing slow without shutting out whom it is about.
 *
 * <ul>
 *   <li>An address waits after five failures, whoever it tried to be: from a second to a minute.
 *   <li>A user waits after 20 failures, from a second to half a minute, of which each address counts for five at most: so one
 *       address cannot keep a user out, and many cannot guess faster than together 20 and then two a minute.
 *   <li>Who has logged in from an address before is counted for itself there: others that fail behind the same address, or at
 *       the same user elsewhere, do not matter.
 * </ul>
 *
 * Of IPv6 a network of 64 bits counts as one address, since its user has all of it. Thread-safe.
 */
final class LoginThrottle {
    private static final int FREE_OF_ADDRESS = 5;
    private static final Duration LONGEST_OF_ADDRESS = Duration.ofMinutes(1);
    private static final int FREE_OF_USER = 20;
    private static final Duration LONGEST_OF_USER = Duration.ofSeconds(30);
    private static final int MAX_KNOWN = 10_000;
    private static final int MAX_NAME = 64;
    private static final int NETWORK_BYTES = 8;

    private final Backoff addresses;
    private final Backoff users;
    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new Recent()));

    LoginThrottle(LongSupplier nanoTime) {
        addresses = new Backoff(FREE_OF_ADDRESS, LONGEST_OF_ADDRESS, nanoTime);
        users = new Backoff(FREE_OF_USER, LONGEST_OF_USER, nanoTime);
    }

    /** Those that have logged in, up to a number; those before are forgotten. */
    private static final class Recent extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_KNOWN;
        }
    }

    /** Returns how long a login has to wait; empty if it need not. */
    Optional<Duration> pause(String user, String from) {
        String pair = pair(user, from);
        if (known.contains(pair)) {
            return addresses.pause(pair);
        }
        Optional<Duration> address = addresses.pause(network(from));
        Optional<Duration> account = users.pause(account(user));
        if (address.isEmpty() || account.isEmpty()) {
            return address.or(() -> account);
        }
        return address.get().compareTo(account.get()) > 0 ? address : account;
    }

    /** Notes a failure, and returns how long the next login has to wait. */
    Duration failed(String user, String from) {
        String pair = pair(user, from);
        if (known.contains(pair)) {
            return addresses.failed(pair);
        }
        String network = network(from);
        Duration pause = addresses.failed(network);
        if (addresses.count(network) <= FREE_OF_ADDRESS) {
            Duration account = users.failed(account(user));
            return account.compareTo(pause) > 0 ? account : pause;
        }
        return pause;
    }

    /** Notes that a user has logged in. */
    void succeeded(String user, String from) {
        known.add(pair(user, from));
    }

    /** Returns what stands for an address among those that failed. */
    static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address; // a name would be looked up
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, NETWORK_BYTES)
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }

    private static String pair(String user, String from) {
        return network(from) + " " + account(user);
    }

    /** Returns what stands for a user; no user has a longer name, and somebody else's must not take all memory. */
    private static String account(String user) {
        return user.length() <= MAX_NAME ? user : user.substring(0, MAX_NAME);
    }
}
