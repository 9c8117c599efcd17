/**
 * The programming model: what a service is written against. Begin with {@link io.serai.api.service.Service}; its
 * {@link io.serai.api.service.ServiceInfo} says how it is reached, its {@link io.serai.api.service.Context} what it may use,
 * and {@link io.serai.api.service.ServiceException} tells callers what is wrong.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.serai.api.service;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
