/**
 * Run logs: what a control loop saw and did, tick by tick. {@link
 * io.github.qosrl.core.record.CsvRunLog} for spreadsheets and plots, {@link
 * io.github.qosrl.core.record.JsonLinesRunLog} with everything in it, and {@link
 * io.github.qosrl.core.record.RunLog} to read the latter back, to learn from it say.
 *
 * <p>Control goes before logging: a log that cannot be written stops, and the loop goes on.
 */
@NullMarked
package io.github.qosrl.core.record;

import org.jspecify.annotations.NullMarked;
