/** How long deriving and printing take, measured with JMH. */
@NullMarked
package nabla.bench;

import org.jspecify.annotations.NullMarked;
