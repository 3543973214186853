/**
 * The programs: the {@code qos} command-line tool, the laboratory on the real kernel, and small
 * single-file examples of how to embed each part. Everything here uses the public API only.
 */
@NullMarked
package io.github.qosrl.examples;

import org.jspecify.annotations.NullMarked;
