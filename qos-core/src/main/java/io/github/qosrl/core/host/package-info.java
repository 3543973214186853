/**
 * Where commands run: this machine, a network namespace, a router elsewhere.
 *
 * <p>Processes start only in this package. Shapers and probes take a {@link
 * io.github.qosrl.core.host.Host} and start nothing by themselves.
 */
@NullMarked
package io.github.qosrl.core.host;

import org.jspecify.annotations.NullMarked;
