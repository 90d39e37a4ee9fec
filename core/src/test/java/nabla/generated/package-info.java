/**
 * Random well-typed expressions as text, and what must hold of each: values, derivatives and texts
 * that are read again. Everything is drawn from one seed; what fails is made small and printed.
 */
@NullMarked
package nabla.generated;

import org.jspecify.annotations.NullMarked;
