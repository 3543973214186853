/** Training a policy for links: what it is trained on, how, and what a person sees of it. */
@NullMarked
package io.github.qosrl.examples.train;

import org.jspecify.annotations.NullMarked;
