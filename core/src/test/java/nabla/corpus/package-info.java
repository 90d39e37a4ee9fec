/** The corpus of cases, for tests and benchmarks. */
@NullMarked
package nabla.corpus;

import org.jspecify.annotations.NullMarked;
