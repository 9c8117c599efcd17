package io.serai.http.internal.channel;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.http.internal.route.RouteMatch;
import io.serai.http.internal.route.RouteTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All channels of the node, whoever declared them, and who claims which route. Writers take a lock and pay for what they
 * change only; finding the channel of a request takes none.
 */
@Component(service = ChannelTable.class)
public final class ChannelTable {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelTable.class);

    /** Whether the process lives. */
    public static final String LIVE = "/health/live";

    /** Whether the node takes traffic. */
    public static final String READY = "/health/ready";

    /** What the channels are. */
    public static final String OPEN_API = "/openapi.json";

    private static final List<String> RESERVED = List.of(LIVE, READY, OPEN_API);

    private final Object lock = new Object();
    private final Map<String, Claim> claims = new HashMap<>(); // guarded by lock
    private final Map<String, ServiceSlot> slots = new HashMap<>(); // guarded by lock
    private final RouteTable<Target> routes = new RouteTable<>();
    private final AtomicLong version = new AtomicLong();

    private record Claim(Route route, Target target) {}

    /** Makes a table without channels, which keeps the server's own paths free. */
    @Activate
    public ChannelTable() {
        RESERVED.forEach(path -> answer(path, () -> Target.SERVER));
    }

    /** Returns what a request leads to, as {@link RouteTable#find}. */
    public @Nullable RouteMatch<Target> find(String method, String path) {
        return routes.find(method, path);
    }

    /** Returns the methods of a path, as {@link RouteTable#methods}. */
    public SortedSet<String> methods(String path) {
        return routes.methods(path);
    }

    /** Returns a number that is another one whenever the channels or their services have changed. */
    public long version() {
        return version.get();
    }

    /** Returns all channels, in no order. */
    public List<Channel> channels() {
        synchronized (lock) {
            return claims.values().stream()
                    .map(Claim::target)
                    .filter(Channel.class::isInstance)
                    .map(Channel.class::cast)
                    .toList();
        }
    }

    /** Sets what answers one of the reserved paths. */
    public void answer(String path, Target target) {
        synchronized (lock) {
            put(Route.of("GET", path), target);
        }
    }

    /** Says whether the channels of services could be served; changes nothing. */
    void check(Collection<ServiceDescriptor> coming, Collection<ServiceDescriptor> going) throws DeploymentException {
        synchronized (lock) {
            Set<String> freed = new HashSet<>();
            going.forEach(service -> freed.add(originOf(service)));
            Map<String, String> taken = new HashMap<>();
            for (ServiceDescriptor service : coming) {
                String origin = originOf(service);
                for (Route route : routesOf(service)) {
                    String earlier = taken.put(route.key(), origin);
                    if (earlier != null) {
                        throw conflict(route, origin, earlier);
                    }
                    checkFree(route, origin, freed);
                }
            }
        }
    }

    /** Lets the channels of services that came lead to them, and removes those of services that went. */
    void change(Collection<ServiceDescriptor> came, Collection<ServiceDescriptor> went) {
        synchronized (lock) {
            Set<String> freed = new HashSet<>();
            List<Claim> gone = new ArrayList<>();
            for (ServiceDescriptor service : went) {
                freed.add(originOf(service));
                gone.addAll(declared(service));
            }
            Set<String> kept = new HashSet<>();
            Set<String> present = new HashSet<>();
            for (ServiceDescriptor service : came) {
                present.add(service.name());
                slot(service.name()).fill(service);
                for (Claim claim : declared(service)) {
                    publish(claim, freed);
                    kept.add(claim.route().key());
                }
            }
            gone.removeIf(claim -> kept.contains(claim.route().key()));
            gone.forEach(claim -> remove(claim.target().origin(), claim.route()));
            went.stream()
                    .map(ServiceDescriptor::name)
                    .filter(name -> !present.contains(name))
                    .forEach(name -> slot(name).empty());
            version.incrementAndGet();
        }
    }

    /**
     * Makes these the channels of an origin.
     *
     * @param previous the routes it has
     * @param wanted the routes it is to have
     * @throws DeploymentException {@code CONFLICT} if another origin has one of them; nothing has changed
     */
    void replace(String origin, List<Route> previous, List<Route> wanted, String service, ChannelOptions options)
            throws DeploymentException {
        synchronized (lock) {
            for (Route route : wanted) {
                checkFree(route, origin, Set.of());
            }
            Set<String> kept = new HashSet<>();
            for (Route route : wanted) {
                put(route, Channel.of(origin, route, slot(service), options));
                kept.add(route.key());
            }
            previous.stream().filter(route -> !kept.contains(route.key())).forEach(route -> remove(origin, route));
            version.incrementAndGet();
        }
    }

    /** Removes routes of an origin. */
    void remove(String origin, List<Route> previous) {
        synchronized (lock) {
            previous.forEach(route -> remove(origin, route));
            version.incrementAndGet();
        }
    }

    private static String originOf(ServiceDescriptor service) {
        return "service " + service.name() + " of " + service.owner();
    }

    private static List<Route> routesOf(ServiceDescriptor service) throws DeploymentException {
        List<Route> routes = new ArrayList<>();
        for (String text : service.rest()) {
            try {
                routes.add(Route.parse(text));
            } catch (IllegalArgumentException e) {
                throw new DeploymentException(
                        Reason.INVALID,
                        "Service " + service.name() + " declares a wrong REST channel: " + e.getMessage(),
                        e);
            }
        }
        return routes;
    }

    // called with lock held
    private void checkFree(Route route, String origin, Set<String> freed) throws DeploymentException {
        Claim claim = claims.get(route.key());
        if (claim != null
                && !freed.contains(claim.target().origin())
                && !claim.target().origin().equals(origin)) {
            throw conflict(
                    route, origin, claim.route() + " of " + claim.target().origin());
        }
    }

    private static DeploymentException conflict(Route route, String origin, String other) {
        return new DeploymentException(
                Reason.CONFLICT,
                "Cannot serve " + route + " by " + origin + ": " + other
                        + " has the same method and path; change one of the two paths",
                null);
    }

    // called with lock held
    private List<Claim> declared(ServiceDescriptor service) {
        String origin = originOf(service);
        List<Claim> declared = new ArrayList<>();
        for (String text : service.rest()) {
            try {
                Route route = Route.parse(text);
                Channel channel = Channel.of(origin, route, slot(service.name()), ChannelOptions.USUAL);
                declared.add(new Claim(route, channel));
            } catch (IllegalArgumentException e) {
                LOG.error("REST channel was not published: service={}, reason={}", service.name(), e.getMessage());
            }
        }
        return declared;
    }

    // called with lock held; a claim that another has made since the check loses, as nobody is left to object to
    private void publish(Claim claim, Set<String> freed) {
        try {
            checkFree(claim.route(), claim.target().origin(), freed);
            put(claim.route(), claim.target());
        } catch (DeploymentException e) {
            LOG.error("REST channel was not published: reason={}", e.getMessage());
        }
    }

    // called with lock held
    private void put(Route route, Target target) {
        claims.put(route.key(), new Claim(route, target));
        routes.put(route.method(), route.template(), target);
    }

    // called with lock held
    private void remove(String origin, Route route) {
        Claim holder = claims.get(route.key());
        if (holder != null && holder.target().origin().equals(origin)) {
            claims.remove(route.key());
            routes.remove(route.method(), route.template());
        }
    }

    // called with lock held
    private ServiceSlot slot(String service) {
        return slots.computeIfAbsent(service, ServiceSlot::new);
    }
}
