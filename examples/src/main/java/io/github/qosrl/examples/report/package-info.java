/**
 * What a comparison leaves: one table, and a folder with the courses as CSV, JSON Lines and PNG.
 */
@NullMarked
package io.github.qosrl.examples.report;

import org.jspecify.annotations.NullMarked;
