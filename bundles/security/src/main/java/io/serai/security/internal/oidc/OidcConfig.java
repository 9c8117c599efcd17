package io.serai.security.internal.oidc;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set. */
@ObjectClassDefinition(name = "Serai OpenID login", description = "A provider whose tokens count (OpenID Connect)")
@interface OidcConfig {

    /** Returns the provider. */
    @AttributeDefinition(
            description = "URL of the provider, as its tokens have it; https but on loopback; none by default")
    String issuer() default "";

    /** Returns for whom tokens must be. */
    @AttributeDefinition(
            description = "For whom tokens must be (aud), with commas between: the client this cluster is there")
    String audience() default "";

    /** Returns the claim that is the name. */
    @AttributeDefinition(description = "The claim that is the name of the user in the cluster")
    String user_claim() default "preferred_username";

    /** Returns the claim that has the groups. */
    @AttributeDefinition(description = "The claim that has the groups, as roles have them")
    String groups_claim() default "groups";

    /** Returns by how much clocks may differ. */
    @AttributeDefinition(description = "By how much the clock of the provider may differ")
    int clock_skew_millis() default 30_000;

    /** Returns how long to wait for the provider. */
    @AttributeDefinition(description = "How long to wait for the provider to say its keys")
    int answer_timeout_millis() default 3_000;

    /** Returns how long keys are kept. */
    @AttributeDefinition(description = "How long its keys are kept")
    long keys_lifetime_millis() default 3_600_000;

    /** Returns how often keys are asked for. */
    @AttributeDefinition(
            description = "How long to wait until its keys are asked for again, because a token has another one")
    long keys_pause_millis() default 30_000;
}
