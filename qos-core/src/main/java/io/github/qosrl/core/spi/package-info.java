/**
 * How parts are found: providers, looked up by {@link java.util.ServiceLoader}, and the settings
 * they are configured with.
 *
 * <p>A convenience over explicit construction, which always works. To write a plug-in, implement
 * one of the provider interfaces and name it in {@code META-INF/services}.
 */
@NullMarked
package io.github.qosrl.core.spi;

import org.jspecify.annotations.NullMarked;
