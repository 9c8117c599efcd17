package io.serai.identity.internal.pki;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

/** Under which addresses browsers and Git may take a certificate for good. Members do not look at them. */
final class AlternativeNames {
    // names of nodes may have what names of hosts may not, and the JDK refuses the whole certificate then
    private static final Pattern HOST =
            Pattern.compile("(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*");

    private AlternativeNames() {}

    static GeneralNames of(Collection<String> addresses) {
        return new GeneralNames(new LinkedHashSet<>(addresses)
                .stream()
                        .filter(address -> IPAddress.isValid(address)
                                || HOST.matcher(address).matches())
                        .map(address -> new GeneralName(
                                IPAddress.isValid(address) ? GeneralName.iPAddress : GeneralName.dNSName, address))
                        .toArray(GeneralName[]::new));
    }
}
