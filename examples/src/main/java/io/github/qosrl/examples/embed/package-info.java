/**
 * Small programs, each in one file, that show how to embed the library and how to replace each of
 * its parts by one of your own.
 */
@NullMarked
package io.github.qosrl.examples.embed;

import org.jspecify.annotations.NullMarked;
