/**
 * The Q-network on ND4J. Internal: the only place that knows ND4J, and nothing it shows is of
 * ND4J's types.
 *
 * <p>ND4J holds the arrays and its BLAS multiplies them. What is not a matrix product (bias, ReLU)
 * runs in plain loops over {@code float[]} mirrors with bulk copies: at these sizes the fixed cost
 * of an ND4J operation, tens of microseconds, is several times the arithmetic.
 */
@NullMarked
package io.github.qosrl.rl.nd4j;

import org.jspecify.annotations.NullMarked;
