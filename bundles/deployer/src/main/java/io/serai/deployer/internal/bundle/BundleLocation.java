package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.BundleExtension;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The location of a bundle that an artifact became: {@code serai:deploy/orders.jar?<blob id>}.
 *
 * @param path the artifact
 * @param blob its content
 * @param copy 1, or more if the same content is installed once again beside itself, to be wired anew; then the location
 *     ends with {@code &<copy>}
 */
record BundleLocation(StatePath path, BlobId blob, int copy) {
    private static final Pattern FORM = Pattern.compile(
            Pattern.quote(BundleExtension.LOCATION_SCHEME) + "(.+)\\?([0-9a-f]{40})(?:&([1-9]\\d{0,8}))?");

    static boolean isOurs(String location) {
        return location.startsWith(BundleExtension.LOCATION_SCHEME);
    }

    static Optional<BundleLocation> parse(String location) {
        Matcher form = FORM.matcher(location);
        if (!form.matches()) {
            return Optional.empty();
        }
        int copy = form.group(3) == null ? 1 : Integer.parseInt(form.group(3));
        return Optional.of(new BundleLocation(new StatePath(form.group(1)), new BlobId(form.group(2)), copy));
    }

    BundleLocation next() {
        return new BundleLocation(path, blob, copy + 1);
    }

    @Override
    public String toString() {
        String location = BundleExtension.LOCATION_SCHEME + path + "?" + blob;
        return copy == 1 ? location : location + "&" + copy;
    }
}
