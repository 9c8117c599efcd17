package io.serai.deployer.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(
        id = DeployerSettings.PID,
        name = "Serai Deployer",
        description = "Watches the deploy folder and makes what the state holds run.")
@interface DeployerConfig {

    @AttributeDefinition(
            description =
                    "The folder whose files are deployed. It is created if it is not there; relative paths start at the"
                            + " node's directory.")
    String directory() default "deploy";

    @AttributeDefinition(
            description = "Time between two complete looks at the folder, which find what the operating system did not"
                    + " notify.")
    long scan_interval_millis() default 30_000;

    @AttributeDefinition(
            description =
                    "How long a file that looks cut off must stay unchanged until it is taken as it is, and refused by"
                            + " name.")
    long settle_millis() default 10_000;

    @AttributeDefinition(
            description =
                    "How long a bundle or a route may take to start. Then its thread is interrupted, and the verdict"
                            + " says where it hangs; others are not delayed by it.")
    long start_timeout_millis() default 10_000;
}
