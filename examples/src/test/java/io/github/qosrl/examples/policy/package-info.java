/** Policy files and other languages. */
@NullMarked
package io.github.qosrl.examples.policy;

import org.jspecify.annotations.NullMarked;
