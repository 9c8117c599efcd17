package io.serai.deployer.internal.bundle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.NativeNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Says in plain words why a bundle cannot be resolved. */
final class MissingRequirements {
    private static final Pattern RANGE_START = Pattern.compile("[(](?:bundle-)?version>=([^)]+)[)]");
    private static final Pattern RANGE_END = Pattern.compile("[(]![(](?:bundle-)?version>=([^)]+)[)][)]");
    private static final Pattern RANGE_LAST = Pattern.compile("[(](?:bundle-)?version<=([^)]+)[)]");
    private static final Pattern EXACT = Pattern.compile("[(]version=([^)]+)[)]");
    private static final int MOST_NAMED = 5;

    private final FrameworkWiring wiring;
    private final DepartingBundles departing;

    MissingRequirements(FrameworkWiring wiring, DepartingBundles departing) {
        this.wiring = wiring;
        this.departing = departing;
    }

    /** Returns whether something is missing that a bundle needs. */
    boolean any(Bundle bundle) {
        return !find(bundle).isEmpty();
    }

    private List<String> find(Bundle bundle) {
        List<String> missing = new ArrayList<>();
        collect(bundle, new HashSet<>(), missing);
        return missing;
    }

    /** Returns what a bundle that is not resolved waits for. */
    String explain(Bundle bundle) {
        List<String> missing = find(bundle);
        if (missing.isEmpty()) {
            return "It waits for bundles that fit together: everything it needs is there, but not in versions that can be"
                    + " used at the same time. See the detail.";
        }
        String named = missing.stream().distinct().limit(MOST_NAMED).collect(Collectors.joining(", and for "));
        int more = (int) missing.stream().distinct().count() - MOST_NAMED;
        return "It waits for " + named + (more > 0 ? ", and " + more + " more" : "") + ".";
    }

    private void collect(Bundle bundle, Set<Bundle> seen, List<String> missing) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null || revision.getWiring() != null || !seen.add(bundle)) {
            return;
        }
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (!mandatory(requirement)) {
                continue;
            }
            List<BundleCapability> providers = wiring.findProviders(requirement).stream()
                    .filter(each -> !departing.contains(each.getRevision().getBundle()))
                    .toList();
            if (providers.isEmpty()) {
                missing.add(words(requirement));
            } else if (providers.stream().allMatch(each -> each.getRevision().getWiring() == null)) {
                providers.forEach(
                        each -> throughOther(bundle, each.getRevision().getBundle(), seen, missing));
            }
        }
    }

    private void throughOther(Bundle bundle, Bundle provider, Set<Bundle> seen, List<String> missing) {
        List<String> others = new ArrayList<>();
        if (!provider.equals(bundle)) {
            collect(provider, seen, others);
        }
        others.forEach(words -> missing.add("bundle " + provider.getSymbolicName() + ", which waits for " + words));
    }

    private static boolean mandatory(BundleRequirement requirement) {
        String effective = requirement.getDirectives().get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
        String resolution = requirement.getDirectives().get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
        return (effective == null || effective.equals(Namespace.EFFECTIVE_RESOLVE))
                && (resolution == null || resolution.equals(Namespace.RESOLUTION_MANDATORY));
    }

    private static String words(BundleRequirement requirement) {
        String namespace = requirement.getNamespace();
        String filter = requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
        String name = value(filter, namespace).orElse("");
        return switch (namespace) {
            case PackageNamespace.PACKAGE_NAMESPACE -> "package " + name + range(filter)
                    + "; install a bundle that exports it";
            case BundleNamespace.BUNDLE_NAMESPACE -> "bundle " + name + range(filter) + "; install it";
            case HostNamespace.HOST_NAMESPACE -> "its host, bundle " + name + range(filter)
                    + "; install it, or deploy it again if it is there";
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE -> "Java "
                    + first(EXACT, filter).orElse(filter) + ", but this node runs Java "
                    + Runtime.version().feature() + "; run the node on a newer Java or build the bundle for this one";
            case NativeNamespace
                    .NATIVE_NAMESPACE -> "another operating system or processor: its native code has no part"
                    + " for this one";
            default -> "capability " + namespace + (name.isEmpty() ? " " + filter : "=" + name + range(filter))
                    + "; install a bundle that provides it";
        };
    }

    private static Optional<String> value(String filter, String attribute) {
        return first(Pattern.compile("[(]" + Pattern.quote(attribute) + "=([^)]+)[)]"), filter);
    }

    private static String range(String filter) {
        Optional<String> from = first(RANGE_START, filter.replaceAll("[(]![(](?:bundle-)?version>=[^)]+[)][)]", ""));
        Optional<String> before = first(RANGE_END, filter);
        Optional<String> last = first(RANGE_LAST, filter);
        if (before.isPresent() || last.isPresent()) {
            return " [" + from.orElse("0") + "," + before.or(() -> last).orElseThrow()
                    + (before.isPresent() ? ")" : "]");
        }
        return from.map(version -> " " + version + " or later").orElse("");
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
