package io.serai.shell.internal;

import io.serai.api.cluster.ClusterCertificate;
import io.serai.api.cluster.Membership;
import io.serai.api.security.AccessControl;
import java.io.PrintStream;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.jspecify.annotations.Nullable;

/** Lists the certificates by which nodes know one another. */
@Service
@Command(
        scope = "cluster",
        name = "certificate-list",
        description = "Lists the certificates by which the nodes of the cluster know one another",
        detailedDescription =
                "A node renews its certificate by itself when a third of its time is left. To give this node a new"
                        + " one now: cluster:certificate-rotate. To revoke those of a node: cluster:node-forget")
public class ClusterCertificateListCommand extends SeraiCommand {
    private static final int SHORT_FINGERPRINT = 16;
    private static final String AUTHORITY = "(authority)";
    private static final String UNKNOWN = "-";

    @Reference
    Membership membership;

    @Override
    protected void run(PrintStream out) throws Exception {
        require(AccessControl.READ, "node", "");
        List<ClusterCertificate> certificates = membership.certificates();
        if (json) {
            JsonOutput.print(
                    out,
                    certificates.stream()
                            .map(ClusterCertificateListCommand::document)
                            .toList());
        } else {
            print(table(certificates, Instant.now()), out);
        }
    }

    private static ShellTable table(List<ClusterCertificate> certificates, Instant now) {
        ShellTable table = new ShellTable();
        table.column("NODE");
        table.column("FINGERPRINT");
        table.column("SERIAL");
        table.column("VALID FROM");
        table.column("VALID UNTIL");
        table.column("IN USE");
        for (ClusterCertificate each : certificates) {
            Optional<X509Certificate> x509 = each.certificate();
            table.addRow()
                    .addContent(
                            each.node().orElse(AUTHORITY),
                            each.fingerprint().substring(0, SHORT_FINGERPRINT),
                            serial(x509).orElse(UNKNOWN),
                            time(x509.map(X509Certificate::getNotBefore))
                                    .map(Wording::time)
                                    .orElse(UNKNOWN),
                            time(x509.map(X509Certificate::getNotAfter))
                                    .map(end -> Wording.time(end) + " (" + Wording.distance(Duration.between(now, end))
                                            + ")")
                                    .orElse(UNKNOWN),
                            each.inUse() ? "yes" : "accepted until the next is made");
        }
        return table;
    }

    private static Map<String, @Nullable Object> document(ClusterCertificate certificate) {
        Optional<X509Certificate> x509 = certificate.certificate();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("node", certificate.node().orElse(null));
        json.put("fingerprint", certificate.fingerprint());
        json.put("serial", serial(x509).orElse(null));
        json.put(
                "from",
                time(x509.map(X509Certificate::getNotBefore))
                        .map(Instant::toString)
                        .orElse(null));
        json.put(
                "until",
                time(x509.map(X509Certificate::getNotAfter))
                        .map(Instant::toString)
                        .orElse(null));
        json.put("inUse", certificate.inUse());
        return json;
    }

    private static Optional<String> serial(Optional<X509Certificate> x509) {
        return x509.map(X509Certificate::getSerialNumber).map(ClusterCertificateListCommand::hexadecimal);
    }

    private static String hexadecimal(BigInteger number) {
        return number.toString(16);
    }

    private static Optional<Instant> time(Optional<Date> date) {
        return date.map(Date::toInstant);
    }
}
