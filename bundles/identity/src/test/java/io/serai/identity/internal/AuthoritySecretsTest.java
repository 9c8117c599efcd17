package io.serai.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.serai.api.cluster.ClusterSecrets;
import org.junit.Rule;
import org.junit.Test;

public class AuthoritySecretsTest {
    @Rule
    public final ClusterFixture cluster = new ClusterFixture();

    @Test
    public void nodesDeriveTheSameKeyAndAnotherOneForEachPurpose() throws Exception {
        ClusterSecrets first = new AuthoritySecrets(cluster.node1().vault());
        ClusterSecrets second =
                new AuthoritySecrets(cluster.join("node2").start().vault());

        byte[] key = first.derive("session");

        assertThat(key).hasSize(ClusterSecrets.KEY_BYTES).isEqualTo(second.derive("session"));
        assertThat(first.derive("other")).isNotEqualTo(key);
    }

    @Test
    public void anotherClusterHasOtherKeys() throws Throwable {
        byte[] key = new AuthoritySecrets(cluster.node1().vault()).derive("session");
        ClusterFixture other = new ClusterFixture();
        other.before();
        try {
            assertThat(new AuthoritySecrets(other.node1().vault()).derive("session"))
                    .isNotEqualTo(key);
        } finally {
            other.after();
        }
    }
}
