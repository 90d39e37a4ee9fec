/** The mistakes that people make with derivatives, and what the referee says to them. */
@NullMarked
package nabla.mistakes;

import org.jspecify.annotations.NullMarked;
