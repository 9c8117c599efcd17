package io.serai.camel.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Serai Camel", description = "The contexts that deployed routes run in.")
@interface CamelConfig {

    @AttributeDefinition(
            name = "Shutdown time",
            description = "How long a route that is stopped or replaced may go on with the exchanges it has begun, in"
                    + " milliseconds from 1 to 600000.")
    long shutdown_millis() default 30_000;
}
