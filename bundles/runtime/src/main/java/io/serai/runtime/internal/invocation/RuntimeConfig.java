package io.serai.runtime.internal.invocation;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Serai Runtime", description = "How many calls of services run at a time, and wait.")
@interface RuntimeConfig {

    @AttributeDefinition(
            name = "Network calls",
            description =
                    "How many calls of services of the workload NETWORK run at a time, from 1 to 100000. Services of"
                            + " the workload CPU run as many as there are processors.")
    int network_concurrent_count() default 200;

    @AttributeDefinition(
            name = "Queue",
            description = "How many calls of each workload wait for their turn, from 0 to 1000000; the calls beyond are"
                    + " refused.")
    int queue_count() default 1_000;

    @AttributeDefinition(
            name = "Drain time",
            description = "How long calls of a service that is undeployed or replaced may go on before they are"
                    + " interrupted, in milliseconds from 0 to 3600000.")
    long drain_millis() default 30_000;
}
