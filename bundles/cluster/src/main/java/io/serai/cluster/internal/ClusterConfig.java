package io.serai.cluster.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the cluster; {@code karaf-config/etc/io.serai.cluster.cfg} says what each key means. */
@ObjectClassDefinition(name = "Serai cluster")
@interface ClusterConfig {
    String PID = "io.serai.cluster";

    @AttributeDefinition(description = "Address to listen on for other nodes")
    String host() default "${serai.host}";

    @AttributeDefinition(description = "Port to listen on for other nodes")
    int port() default 8781;

    @AttributeDefinition(
            description = "Where other nodes may be, beside where the state says: host:port, separated by commas")
    String[] discovery_hosts() default {};

    @AttributeDefinition(description = "Name in DNS whose addresses are nodes; they listen on the port of this one")
    String discovery_dns_name() default "";

    @AttributeDefinition(description = "Multicast group and port on which nodes of one network find each other")
    String discovery_multicast_group() default "";

    @AttributeDefinition(description = "Absolute path of the folder with what this node has promised others")
    String directory() default "${serai.node.dir}/cluster";

    @AttributeDefinition(description = "How often heads are compared with those of the others")
    long compare_interval_millis() default 30_000;
}
