/**
 * From tensors back to what people read: matrix notation by series-parallel reduction of the label
 * graph, index notation where there is no matrix form, and the printers.
 */
@NullMarked
package nabla.notation;

import org.jspecify.annotations.NullMarked;
