/**
 * What the probes of this module share and a user writes: {@linkplain io.github.qosrl.probes.Target
 * targets} and {@linkplain io.github.qosrl.probes.EchoOptions how to probe them}. Each kind of
 * probe lives in a package of its own.
 */
@NullMarked
package io.github.qosrl.probes;

import org.jspecify.annotations.NullMarked;
