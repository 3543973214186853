/**
 * A controller watched from a browser: its recent history, and the small web server that shows it.
 */
@NullMarked
package io.github.qosrl.examples.dashboard;

import org.jspecify.annotations.NullMarked;
