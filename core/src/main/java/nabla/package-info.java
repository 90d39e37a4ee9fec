/** The public API of Nabla, a matrix calculus system: what a program that uses it needs to know. */
@NullMarked
package nabla;

import org.jspecify.annotations.NullMarked;
