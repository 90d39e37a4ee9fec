/**
 * The catalogue of operations. One file is one operation or family and says everything about it:
 * names, signatures, meaning as a tensor, derivative, reference value, domain. Knows tensors only;
 * everything else iterates over {@link nabla.operation.Catalogue}.
 */
@NullMarked
package nabla.operation;

import org.jspecify.annotations.NullMarked;
