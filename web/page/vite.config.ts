import { defineConfig, type Plugin } from 'vite';

/** KaTeX names each font in three formats; every browser that runs this page reads the first. */
function oneFontFormat(): Plugin {
  return {
    name: 'one-font-format',
    enforce: 'pre',
    transform(code, id) {
      if (!/katex[^/]*\.css/.test(id)) return null;
      return code.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\(["'](?:woff|truetype)["']\)/g, '');
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [oneFontFormat()],
  build: {
    outDir: '../target/classes/nabla/web/page',
    emptyOutDir: true,
    // the page may not load data: as a script or a font
    assetsInlineLimit: 0,
    target: 'es2023',
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8099', '/functions.json': 'http://127.0.0.1:8099', '/health': 'http://127.0.0.1:8099' } },
});
