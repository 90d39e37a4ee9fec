/** KaTeX with its styles, as one part that loads by itself. */
import 'katex/dist/katex.min.css';
export { default } from 'katex';
