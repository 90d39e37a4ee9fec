/** Pictures of scalar functions, as SVG and PNG. */
@NullMarked
package nabla.plot;

import org.jspecify.annotations.NullMarked;
