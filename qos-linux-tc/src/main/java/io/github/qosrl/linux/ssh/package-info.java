/**
 * Routers elsewhere, over SSH: a {@link io.github.qosrl.core.host.Host} like any other, so the same
 * shapers and probes drive them.
 *
 * <p>Apache MINA SSHD speaks the protocol, and is used nowhere else. It is an optional dependency:
 * whoever has no remote routers does not need it. Imports qos-core's hosts.
 */
@NullMarked
package io.github.qosrl.linux.ssh;

import org.jspecify.annotations.NullMarked;
