package io.serai.shell.internal;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** A certificate that is valid for a hundred years from 2026-11-23T21:13:42Z. */
final class TestCertificate {
    private static final String PEM =
            """
            -----BEGIN CERTIFICATE-----
            MIIBZTCCAQugAwIBAgIEEjSrzTAKBggqhkjOPQQDAjAPMQ0wCwYDVQQDDAR0ZXN0
            MCAXDTI2MTEyMzIxMTM0MloYDzIxMjYxMDMwMjExMzQyWjAPMQ0wCwYDVQQDDAR0
            ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE/5nkb6YD2IZZ4LC3vLxeUvFO
            YAa3VljlCLbdaTFQrURu/+xMa8B+EEj2KZ2CgacDFwJVCnftxn/7OEhqk3r+IqNT
            MFEwHQYDVR0OBBYEFLZFQhj7dbLmPk8WSFlv8huXv0VIMB8GA1UdIwQYMBaAFLZF
            Qhj7dbLmPk8WSFlv8huXv0VIMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwID
            SAAwRQIgKccD69rmyP6eXfL+vHDnSOYqTwckdbcOT4P1qTphNmYCIQDTyKwnnyWL
            0PQQmH0o8dmdGUOnBhxAc7jX7E6EfrDFBw==
            -----END CERTIFICATE-----
            """;

    private TestCertificate() {}

    static X509Certificate read() {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(PEM.getBytes(StandardCharsets.US_ASCII)));
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }
}
