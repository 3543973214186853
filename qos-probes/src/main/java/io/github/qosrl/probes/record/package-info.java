/** Writing measurements to a file, and playing them back as a probe. */
@NullMarked
package io.github.qosrl.probes.record;

import org.jspecify.annotations.NullMarked;
