/** The one type of error that reaches a user: a code, a message, a span of the input and a hint. */
@NullMarked
package nabla.diagnostic;

import org.jspecify.annotations.NullMarked;
