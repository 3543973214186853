package io.github.qosrl.linux.tc;

/**
 * An HTB class as the kernel shows it.
 *
 * @param id for example {@code 905:10}
 * @param rate guaranteed rate in bits per second
 * @param ceiling largest rate in bits per second
 * @param counters what it counted
 */
record ClassState(String id, double rate, double ceiling, Counters counters) {}
