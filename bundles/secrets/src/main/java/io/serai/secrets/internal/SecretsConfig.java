package io.serai.secrets.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be set. */
@ObjectClassDefinition(
        name = "Serai secrets",
        description = "Where values of secrets may be read from, and for how long keys stay")
public @interface SecretsConfig {

    /** Returns the folders of files. */
    @AttributeDefinition(
            description = "Folders whose files secrets may refer to, by commas; the first is that of relative paths")
    String files_folders() default "${serai.node.dir}/secrets";

    /** Returns the prefixes of environment variables. */
    @AttributeDefinition(description = "What environment variables begin with that secrets may refer to, by commas")
    String environment_prefixes() default "SERAI_SECRET_";

    /** Returns the certificates of Vault. */
    @AttributeDefinition(description = "PEM file of the authorities that certify Vault servers; those of Java if empty")
    String vault_authorities_file() default "";

    /** Returns how long Vault may take. */
    @AttributeDefinition(description = "How long a request to Vault may take")
    long vault_timeout_millis() default 5_000;

    /** Returns how long a value of Vault is used. */
    @AttributeDefinition(description = "After how long a value is read from Vault again")
    long vault_cache_millis() default 300_000;

    /** Returns how often values are read again. */
    @AttributeDefinition(description = "How often files are read again")
    long refresh_millis() default 10_000;

    /** Returns how long a key stays. */
    @AttributeDefinition(description = "How long a key stays after a rotation; the next rotation after that removes it")
    int key_retention_days() default 30;
}
