/** The walls of the house, held up by ArchUnit. Here, where all modules are in sight. */
@NullMarked
package io.github.qosrl.examples.architecture;

import org.jspecify.annotations.NullMarked;
