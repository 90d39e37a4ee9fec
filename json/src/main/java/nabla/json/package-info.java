/**
 * Questions and answers as the JSON contract spells them, for {@code nabla batch} and for the web.
 */
@NullMarked
package nabla.json;

import org.jspecify.annotations.NullMarked;
