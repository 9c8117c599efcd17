package io.serai.deployer.internal.build;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** Checks what the manifest of a bundle says before a framework has to (OSGi Core, 3.2 Bundles). */
final class BundleManifest {
    /** Bundles written before OSGi 4 have no symbolic name, but one of these. */
    private static final List<String> OLD_BUNDLE = List.of(
            Constants.BUNDLE_ACTIVATOR,
            Constants.IMPORT_PACKAGE,
            Constants.EXPORT_PACKAGE,
            Constants.DYNAMICIMPORT_PACKAGE);

    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[\\w.-]+");

    private final Attributes headers;

    private BundleManifest(Attributes headers) {
        this.headers = headers;
    }

    /** Reads the main section: the others are about entries, and may be long. */
    static Attributes headers(byte[] manifest) throws ArchiveException {
        try {
            return new Manifest(new ByteArrayInputStream(manifest, 0, mainLength(manifest))).getMainAttributes();
        } catch (IOException e) {
            throw new ArchiveException("its manifest cannot be read: " + e.getMessage());
        }
    }

    private static int mainLength(byte[] manifest) {
        for (int i = 1; i < manifest.length; i++) {
            boolean emptyLine = manifest[i] == '\n'
                    && (manifest[i - 1] == '\n' || (i > 2 && manifest[i - 1] == '\r' && manifest[i - 2] == '\n'));
            if (emptyLine) {
                return i + 1;
            }
        }
        return manifest.length;
    }

    static boolean isBundle(Attributes headers) {
        return headers.getValue(Constants.BUNDLE_SYMBOLICNAME) != null
                || headers.getValue(Constants.BUNDLE_MANIFESTVERSION) != null
                || OLD_BUNDLE.stream().anyMatch(name -> headers.getValue(name) != null);
    }

    /** Refuses what a framework would not install. */
    static void check(Attributes headers) throws ArchiveException {
        BundleManifest manifest = new BundleManifest(headers);
        manifest.checkIdentity();
        manifest.checkImports();
        manifest.checkExports();
        manifest.checkVersions(Constants.DYNAMICIMPORT_PACKAGE, Constants.VERSION_ATTRIBUTE);
        manifest.checkVersions(Constants.REQUIRE_BUNDLE, Constants.BUNDLE_VERSION_ATTRIBUTE);
        manifest.checkVersions(Constants.FRAGMENT_HOST, Constants.BUNDLE_VERSION_ATTRIBUTE);
        manifest.checkWildcards();
        manifest.checkRequirements();
        manifest.checkCapabilities(Constants.PROVIDE_CAPABILITY);
    }

    private void checkIdentity() throws ArchiveException {
        String format = headers.getValue(Constants.BUNDLE_MANIFESTVERSION);
        if (format == null) {
            return; // Before OSGi 4 there was no symbolic name, and a version was any text.
        }
        if (!format.strip().equals("2")) {
            throw fault(Constants.BUNDLE_MANIFESTVERSION, format, "it is 2 in every bundle since OSGi 4");
        }
        List<HeaderClause> name = clauses(Constants.BUNDLE_SYMBOLICNAME);
        boolean one = name.size() == 1 && name.get(0).paths().size() == 1;
        if (!one || !SYMBOLIC_NAME.matcher(name.get(0).paths().get(0)).matches()) {
            String value = String.valueOf(headers.getValue(Constants.BUNDLE_SYMBOLICNAME));
            throw fault(Constants.BUNDLE_SYMBOLICNAME, value, "it is one name of letters, digits, '.', '-' and '_'");
        }
        String version = headers.getValue(Constants.BUNDLE_VERSION);
        if (version != null) {
            checkVersion(Constants.BUNDLE_VERSION, version);
        }
    }

    private void checkImports() throws ArchiveException {
        Set<String> imported = new HashSet<>();
        for (HeaderClause clause : checkVersions(Constants.IMPORT_PACKAGE, Constants.VERSION_ATTRIBUTE)) {
            for (String name : clause.paths()) {
                if (name.equals(".") || !imported.add(name)) {
                    throw fault(Constants.IMPORT_PACKAGE, name, "it is imported twice, or is no package");
                }
            }
        }
    }

    private void checkExports() throws ArchiveException {
        for (HeaderClause clause : clauses(Constants.EXPORT_PACKAGE)) {
            String version = clause.attributes().get(Constants.VERSION_ATTRIBUTE);
            if (version != null) {
                checkVersion(Constants.EXPORT_PACKAGE, version);
            }
            for (String name : clause.paths()) {
                if (name.equals(".") || name.startsWith("java.")) {
                    throw fault(Constants.EXPORT_PACKAGE, name, "a bundle cannot export it");
                }
            }
        }
    }

    private void checkWildcards() throws ArchiveException {
        for (HeaderClause clause : clauses(Constants.DYNAMICIMPORT_PACKAGE)) {
            for (String name : clause.paths()) {
                if (name.endsWith("*") && !name.equals("*") && !name.endsWith(".*")) {
                    throw fault(Constants.DYNAMICIMPORT_PACKAGE, name, "a '*' stands alone or after a dot");
                }
            }
        }
    }

    private void checkRequirements() throws ArchiveException {
        for (HeaderClause clause : checkCapabilities(Constants.REQUIRE_CAPABILITY)) {
            String filter = clause.directives().get(Constants.FILTER_DIRECTIVE);
            if (filter != null) {
                try {
                    FrameworkUtil.createFilter(filter);
                } catch (InvalidSyntaxException e) {
                    throw fault(Constants.REQUIRE_CAPABILITY, filter, String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private List<HeaderClause> checkCapabilities(String header) throws ArchiveException {
        List<HeaderClause> clauses = clauses(header);
        for (HeaderClause clause : clauses) {
            for (String namespace : clause.paths()) {
                if (namespace.startsWith("osgi.wiring.")) {
                    throw fault(header, namespace, "the name space has headers of its own, such as Import-Package");
                }
            }
            for (Map.Entry<String, String> type : clause.types().entrySet()) {
                checkType(header, type.getValue(), clause.attributes().getOrDefault(type.getKey(), ""));
            }
        }
        return clauses;
    }

    /** Checks a typed attribute (OSGi Core, 3.3.2 Bundle Capabilities); the values of a list are left to the framework. */
    private static void checkType(String header, String type, String value) throws ArchiveException {
        try {
            switch (type) {
                case "Version" -> Version.parseVersion(value);
                case "Long" -> Long.parseLong(value.strip());
                case "Double" -> Double.parseDouble(value.strip());
                default -> {
                    if (!type.equals("String") && !type.startsWith("List")) {
                        throw fault(header, type, "it is no type; there are String, Version, Long, Double and List");
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            throw fault(header, value, "it is no " + type);
        }
    }

    private List<HeaderClause> checkVersions(String header, String attribute) throws ArchiveException {
        List<HeaderClause> clauses = clauses(header);
        for (HeaderClause clause : clauses) {
            Optional<String> range = Optional.ofNullable(clause.attributes().get(attribute));
            try {
                range.ifPresent(VersionRange::valueOf);
            } catch (IllegalArgumentException e) {
                throw fault(header, range.orElse(""), String.valueOf(e.getMessage()));
            }
        }
        return clauses;
    }

    private void checkVersion(String header, String version) throws ArchiveException {
        try {
            Version.parseVersion(version);
        } catch (IllegalArgumentException e) {
            throw fault(header, version, String.valueOf(e.getMessage()));
        }
    }

    private List<HeaderClause> clauses(String header) throws ArchiveException {
        String value = headers.getValue(header);
        boolean none = value == null || (value.isBlank() && header.endsWith("-Capability"));
        try {
            return none ? List.of() : HeaderClause.parse(value);
        } catch (IllegalArgumentException e) {
            throw fault(header, value, String.valueOf(e.getMessage()));
        }
    }

    private static ArchiveException fault(String header, String value, String why) {
        String shown = value.length() > 200 ? value.substring(0, 200) + "..." : value;
        return new ArchiveException("its manifest has a bad " + header + " '" + shown + "': " + why);
    }
}
