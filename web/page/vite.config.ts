import { gzipSync } from 'node:zlib';
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

const FIRST_VIEW = 200_000;

/** What loads before the first formula: the entry, what it needs, and KaTeX. */
function firstViewBudget(): Plugin {
  return {
    name: 'first-view-budget',
    generateBundle(_options, bundle) {
      const counted = new Set<string>();
      let bytes = 0;
      const count = (name: string): void => {
        const chunk = bundle[name];
        if (counted.has(name) || chunk?.type !== 'chunk') return;
        counted.add(name);
        bytes += gzipSync(chunk.code).length;
        chunk.imports.forEach(count);
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && (chunk.isEntry || chunk.name === 'katex')) count(chunk.fileName);
      }
      if (bytes > FIRST_VIEW) this.error(`the first view loads ${bytes} bytes of scripts, more than ${FIRST_VIEW}`);
      this.info(`the first view loads ${bytes} bytes of scripts`);
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [oneFontFormat(), firstViewBudget()],
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
