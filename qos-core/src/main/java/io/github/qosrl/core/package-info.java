/**
 * The words of the library: values, and the four interfaces that a controller is composed of.
 *
 * <p>A {@link io.github.qosrl.core.Probe} measures, an {@link io.github.qosrl.core.Agent} decides,
 * a {@link io.github.qosrl.core.Shaper} enforces, and an {@link io.github.qosrl.core.Environment}
 * is the link they meet on, simulated or live. This package imports nothing of the rest of the
 * library; everything else imports it.
 */
@NullMarked
package io.github.qosrl.core;

import org.jspecify.annotations.NullMarked;
