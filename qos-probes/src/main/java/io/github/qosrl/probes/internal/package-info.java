/**
 * The machinery behind the probes of this module: supervised processes, window statistics, the
 * bookkeeping of echo requests. Not for use from outside the module.
 */
@NullMarked
package io.github.qosrl.probes.internal;

import org.jspecify.annotations.NullMarked;
