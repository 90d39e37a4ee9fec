/** What does the work on memory: loops compiled to bytecode, BLAS and LAPACK. Knows no tensors. */
@NullMarked
package nabla.engine.kernel;

import org.jspecify.annotations.NullMarked;
