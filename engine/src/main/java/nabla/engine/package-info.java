/**
 * Expressions as numbers: compiled functions, planned once for given sizes and run by kernels and
 * BLAS.
 */
@NullMarked
package nabla.engine;

import org.jspecify.annotations.NullMarked;
