package io.serai.security.internal.ldap;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An OpenLDAP server with some people, on free ports of loopback, in a folder of its own. */
public final class Slapd {
    private static final Path PROGRAM = Path.of("/usr/sbin/slapd");

    private static final String PEOPLE =
            """
            dn: dc=acme
            objectClass: domain

            dn: ou=people,dc=acme
            objectClass: organizationalUnit

            dn: ou=groups,dc=acme
            objectClass: organizationalUnit

            dn: cn=finder,dc=acme
            objectClass: applicationProcess
            objectClass: simpleSecurityObject
            userPassword: finder's secret

            dn: uid=lisa,ou=people,dc=acme
            objectClass: inetOrgPerson
            cn: Lisa (the one)
            sn: Li
            userPassword: lisa's secret

            dn: uid=li*a,ou=people,dc=acme
            objectClass: inetOrgPerson
            cn: star
            sn: star
            userPassword: star's secret

            dn: uid=twin,ou=people,dc=acme
            objectClass: inetOrgPerson
            cn: one
            sn: Twin
            userPassword: twin's secret

            dn: cn=twin,ou=people,dc=acme
            objectClass: inetOrgPerson
            uid: twin
            sn: Twin
            userPassword: twin's secret

            dn: uid=boss,ou=people,dc=acme
            objectClass: inetOrgPerson
            cn: Boss
            sn: Boss
            userPassword: boss' secret

            dn: cn=night,ou=groups,dc=acme
            objectClass: groupOfNames
            member: uid=lisa,ou=people,dc=acme

            dn: cn=shifts,ou=groups,dc=acme
            objectClass: groupOfNames
            member: cn=night,ou=groups,dc=acme
            member: cn=all,ou=groups,dc=acme

            dn: cn=all,ou=groups,dc=acme
            objectClass: groupOfNames
            member: cn=shifts,ou=groups,dc=acme
            """;

    private final Path folder;
    private final int port;
    private final int tlsPort;
    private @Nullable Process process;

    /** Starts a server whose data are in a folder. */
    public Slapd(Path folder) throws Exception {
        this(folder, "localhost");
    }

    /** Starts a server with the certificate of a host. */
    Slapd(Path folder, String host) throws Exception {
        this.folder = folder;
        this.port = freePort();
        this.tlsPort = freePort();
        Files.createDirectories(folder.resolve("data"));
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + host,
                "-addext",
                "subjectAltName=DNS:" + host,
                "-keyout",
                file("key.pem"),
                "-out",
                file("cert.pem"));
        Files.writeString(folder.resolve("slapd.conf"), configuration());
        Files.writeString(folder.resolve("people.ldif"), PEOPLE);
        run("/usr/sbin/slapadd", "-f", file("slapd.conf"), "-l", file("people.ldif"));
        start();
    }

    /** Returns whether this machine has it. */
    public static boolean isThere() {
        return Files.isExecutable(PROGRAM);
    }

    private String configuration() {
        return """
                include /etc/ldap/schema/core.schema
                include /etc/ldap/schema/cosine.schema
                include /etc/ldap/schema/inetorgperson.schema
                modulepath /usr/lib/ldap
                moduleload back_mdb
                TLSCertificateFile %1$s/cert.pem
                TLSCertificateKeyFile %1$s/key.pem
                database mdb
                maxsize 10485760
                suffix "dc=acme"
                directory %1$s/data
                access to attrs=userPassword by anonymous auth by * none
                access to * by dn.exact="cn=finder,dc=acme" read by * none
                """
                .formatted(folder);
    }

    /** Starts the server, again if it was stopped. */
    public void start() throws IOException {
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-d",
                        "0",
                        "-f",
                        file("slapd.conf"),
                        "-h",
                        "ldap://127.0.0.1:" + port + " ldaps://127.0.0.1:" + tlsPort)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().until(() -> takes(port) && takes(tlsPort));
    }

    public String url() {
        return "ldap://localhost:" + port;
    }

    public String tlsUrl() {
        return "ldaps://localhost:" + tlsPort;
    }

    /** Returns how it is asked, over StartTLS. */
    public LdapDirectory directory(Map<String, Object> other) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "url", url(),
                "trust_file", file("cert.pem"),
                "bind_dn", "cn=finder,dc=acme",
                "_bind_password", "finder's secret",
                "user_base_dn", "ou=people,dc=acme",
                "group_base_dn", "ou=groups,dc=acme"));
        values.putAll(other);
        return new LdapDirectory(new FixedLdapConfig(values));
    }

    /** Stops the server. */
    public void close() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        running.destroy();
        if (!running.waitFor(5, TimeUnit.SECONDS)) {
            running.destroyForcibly().waitFor();
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static boolean takes(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void run(String... command) throws Exception {
        Process started = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        if (started.waitFor() != 0) {
            throw new IOException(command[0] + ": " + Files.readString(folder.resolve("log")));
        }
    }
}
