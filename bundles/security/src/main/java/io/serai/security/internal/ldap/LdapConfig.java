package io.serai.security.internal.ldap;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set. */
@ObjectClassDefinition(name = "Serai LDAP login", description = "A directory whose people may log in")
@interface LdapConfig {

    /** Returns the servers. */
    @AttributeDefinition(
            description = "Servers with commas between them, the next one asked if one fails; none by default")
    String url() default "";

    /** Returns whether StartTLS is used. */
    @AttributeDefinition(
            description = "Whether connections of ldap:// are encrypted (StartTLS); only on loopback they need not")
    boolean start_tls() default true;

    /** Returns the authorities. */
    @AttributeDefinition(
            description = "Absolute path of a PEM file with the authorities of the servers; those of Java if empty")
    String trust_file() default "";

    /** Returns who searches. */
    @AttributeDefinition(description = "Whom to bind as for searching; anonymous if empty")
    String bind_dn() default "";

    /** Returns the password of who searches. */
    @AttributeDefinition(description = "Its password", type = AttributeType.PASSWORD)
    String _bind_password() default "";

    /** Returns where people are. */
    @AttributeDefinition(description = "Where people are looked for")
    String user_base_dn() default "";

    /** Returns how people are found. */
    @AttributeDefinition(description = "How they are found; {user} stands for the name that was typed")
    String user_filter() default "(uid={user})";

    /** Returns the attribute that is the name. */
    @AttributeDefinition(description = "The attribute that is the name of the user in the cluster")
    String user_name_attribute() default "uid";

    /** Returns where groups are. */
    @AttributeDefinition(description = "Where groups are looked for; none if empty")
    String group_base_dn() default "";

    /** Returns how groups are found. */
    @AttributeDefinition(description = "How those of a user are found, and those of a group; {dn} stands for its name")
    String group_filter() default "(|(member={dn})(uniqueMember={dn}))";

    /** Returns the attribute that is the name of a group. */
    @AttributeDefinition(description = "The attribute that is the name of the group, as roles have it")
    String group_name_attribute() default "cn";

    /** Returns how deep groups are followed. */
    @AttributeDefinition(description = "How many times the groups of groups are looked for")
    int group_depth_count() default 3;

    /** Returns how long to wait for a connection. */
    @AttributeDefinition(description = "How long to wait until a server takes a connection")
    int connect_timeout_millis() default 2_000;

    /** Returns how long to wait for an answer. */
    @AttributeDefinition(description = "How long to wait for each answer of a server")
    int answer_timeout_millis() default 3_000;

    /** Returns how many connections there are. */
    @AttributeDefinition(description = "How many connections, and logins at a time, there are at most")
    int connection_max_count() default 8;
}
