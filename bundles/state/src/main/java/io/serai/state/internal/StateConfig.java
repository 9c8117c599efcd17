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

    @AttributeDefinition(description = "Contents that the state had within so many days are kept; 1 to 36500")
    int retention_days() default 30;

    @AttributeDefinition(
            description = "So many of the newest versions of each file that is in the state are kept; 1 to 1000000")
    int retention_version_count() default 10;

    @AttributeDefinition(description = "Hours between two compactions; 0 for none but those by command; at most 8760")
    int compaction_interval_hours() default 24;
}
