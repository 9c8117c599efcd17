package io.serai.security.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set. */
@ObjectClassDefinition(name = "Serai security", description = "Logins, sessions, and the audit log")
public @interface SecurityConfig {

    /** Returns the name of the node. */
    @AttributeDefinition(description = "Name of this node, which each entry of the audit log has")
    String node() default "${serai.node}";

    /** Returns the folder of the audit log. */
    @AttributeDefinition(description = "Absolute path of the folder of the audit log; created if absent")
    String audit_directory() default "${serai.node.dir}/audit";

    /** Returns when a new file begins. */
    @AttributeDefinition(description = "How large a file of the audit log becomes before the next one begins")
    long audit_file_max_bytes() default 16_777_216;

    /** Returns the file with the password of the first administrator. */
    @AttributeDefinition(description = "File with the first password of the user admin; removed when it was taken over")
    String first_admin_file() default "${serai.node.dir}/run/first-admin";

    /** Returns the file with another password of the administrator. */
    @AttributeDefinition(description = "File with another password of the user admin; removed when it was taken over")
    String reset_admin_file() default "${serai.node.dir}/run/reset-admin";

    /** Returns the memory of Argon2id. */
    @AttributeDefinition(description = "Memory that hashing a password takes")
    int password_memory_kib() default 19_456;

    /** Returns the passes of Argon2id. */
    @AttributeDefinition(description = "How often hashing a password goes over its memory")
    int password_iterations_count() default 2;

    /** Returns the lanes of Argon2id. */
    @AttributeDefinition(description = "How many lanes the hash of a password has")
    int password_lanes_count() default 1;

    /** Returns where sessions are kept. */
    @AttributeDefinition(description = "File with the sessions there are, for when no node has run")
    String session_file() default "${serai.node.dir}/run/sessions";

    /** Returns how long a session may be idle. */
    @AttributeDefinition(description = "How long a session lasts that is not used")
    long session_idle_millis() default 1_800_000;

    /** Returns how long a session may last. */
    @AttributeDefinition(description = "How long a session lasts at most")
    long session_lifetime_millis() default 43_200_000;

    /** Returns how many sessions a user may have. */
    @AttributeDefinition(description = "How many sessions a user has at most; another one ends the oldest")
    int session_user_max_count() default 100;
}
