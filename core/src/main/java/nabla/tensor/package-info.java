/**
 * The Einstein representation: tensors with positional axes, symbolic sizes and exact coefficients,
 * compared by content. Knows no operation by name, no syntax and no printing.
 */
@NullMarked
package nabla.tensor;

import org.jspecify.annotations.NullMarked;
