/**
 * The {@code qos} command-line tool: one class per subcommand, and what they share (exit codes,
 * messages, terminal output).
 */
@NullMarked
package io.github.qosrl.examples.cli;

import org.jspecify.annotations.NullMarked;
