package io.serai.identity.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Serai identity", description = "Who this node is, and how it proves it")
@interface IdentityConfig {

    @AttributeDefinition(description = "Absolute path of the folder with keys and certificates; created if absent")
    String directory() default "${serai.node.dir}/identity";

    @AttributeDefinition(description = "Name of this node, unique in the cluster")
    String node() default "${serai.node}";

    @AttributeDefinition(description = "Host name or IP address that other nodes reach this one by")
    String host() default "${serai.host}";

    @AttributeDefinition(description = "Groups that the cluster is told this node is in, separated by commas")
    String groups() default "${serai.groups}";

    @AttributeDefinition(description = "Port that other nodes talk to this one on")
    String cluster_port() default "${serai.cluster.port}";

    @AttributeDefinition(description = "Port of administration")
    String admin_port() default "${serai.admin.port}";

    @AttributeDefinition(
            description = "How many days a certificate of this node is valid; it is renewed when a third is left")
    int certificate_validity_days() default 365;

    @AttributeDefinition(description = "How long a new node tries to reach the cluster that it has a token of")
    long join_timeout_millis() default 30_000;
}
