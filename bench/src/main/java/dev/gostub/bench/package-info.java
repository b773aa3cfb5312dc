/**
 * Benchmarks of the engine. Figures go into the README with their date and never into a test.
 */
@NullMarked
package dev.gostub.bench;

import org.jspecify.annotations.NullMarked;
