package io.serai.state.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Serai state", description = "The Git repository that holds the state of the cluster")
@interface StateConfig {

    @AttributeDefinition(
            description = "Absolute path of the bare Git repository; created if absent; one process at a time opens it")
    String directory() default "${serai.node.dir}/state.git";

    @AttributeDefinition(description = "Name of this node, which selects its layer nodes/<node>/")
    String node() default "${serai.node}";

    @AttributeDefinition(
            description = "Groups of this node, separated by commas; a later one overlays an earlier one; may be empty")
    String[] groups() default {"${serai.groups}"};
}
