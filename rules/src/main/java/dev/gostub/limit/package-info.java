/**
 * How long tests wait. A limit in a test is there against hanging and never against slowness: it is written for the machine
 * on which the reference was measured, and stretched by how much longer a fixed piece of work takes here and now. All waiting of all
 * modules' tests goes through {@link dev.gostub.limit.TimeLimit}; {@code ArchitectureTest} of each module sees to that.
 */
@NullMarked
package dev.gostub.limit;

import org.jspecify.annotations.NullMarked;
