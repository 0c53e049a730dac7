import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { PurgeCSS } from 'purgecss';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import { addresses } from './src/addresses.ts';

export default defineConfig({
  plugins: [react(), preloaded(), onlyUsedStyles(), compressed(), addressList()],
  // The client from its sources, without a build of its own.
  resolve: { conditions: ['@school-services/source', ...defaultClientConditions] },
  build: {
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: true,
    rolldownOptions: {
      output: {
        // Most of React runs at once: the browser compiles it beside the main thread, where it understands this.
        postBanner: ({ name }) => (name === 'react' ? '//# allFunctionsCalledOnLoad' : ''),
        codeSplitting: {
          groups: [
            // What the first frame needs, apart from the large scripts.
            {
              name: 'frame',
              test: /src[\\/](heads|addresses)\.ts$|[\\/]crumbs\.ts$|preload-helper/,
              priority: 1,
            },
            // Run one after the other, each in a task of its own: see main.ts.
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 1 },
            // What pages share, in one file: each more is a round trip of a telephone.
            { name: 'shared', test: /[\\/]src[\\/]/, minShareCount: 2 },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', port: 5173 },
});

/** By the first part of the addresses. */
const areaModules = {
  pratiche: '/src/practices/pages.ts',
  'servizi-scolastici': '/src/school/pages.ts',
  pagamenti: '/src/payments/pages.ts',
  'area-personale': '/src/personal/pages.ts',
  accesso: '/src/sign-in/provider.ts',
};

/** The fonts of the first frame are loaded beside its styles; what `main.ts` runs after that frame, behind both. */
function preloaded(): Plugin {
  return {
    name: 'preloaded',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
        const start = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/src/start.tsx'));
        if (start === undefined) throw new Error('src/start.tsx is no script of its own.');
        const fonts = Object.keys(bundle)
          .filter((name) => /titillium-web.*\.woff2$/.test(name))
          .map((name) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="/${name}">`);
        const scripts = [start.fileName, ...start.imports]
          .filter((fileName) => !html.includes(fileName))
          .map(
            (fileName) => `<link rel="modulepreload" fetchpriority="low" crossorigin href="/${fileName}">`,
          );
        const areas = Object.entries(areaModules).map(([path, module]) => {
          const chunk = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
          if (chunk === undefined) throw new Error(`${module} is no script of its own.`);
          return [path, `/${chunk.fileName}`];
        });
        return html
          .replace(
            /(id="portal-areas"[^>]*>)\{\}/,
            (_all, open) => open + JSON.stringify(Object.fromEntries(areas)),
          )
          .replace('</head>', `  ${[...fonts, ...scripts].join('\n    ')}\n  </head>`);
      },
    },
  };
}

/** Bootstrap Italia has 600 kB of styles, for far more components than the portal has. */
function onlyUsedStyles(): Plugin {
  return {
    name: 'only-used-styles',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const content = files.flatMap((file) =>
        file.type === 'chunk' ? [{ raw: file.code, extension: 'js' }] : [],
      );
      content.push({ raw: await readFile('index.html', 'utf8'), extension: 'html' });
      for (const file of files) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
        const [purged] = await new PurgeCSS().purge({
          content,
          css: [{ raw: file.source.toString() }],
          fontFace: true,
          keyframes: true,
          // The server's notes are HTML with these elements.
          safelist: {
            standard: ['html', 'body', 'a', 'p', 'b', 'strong', 'i', 'em', 'ul', 'ol', 'li', 'hr', 'br'],
            // Classes that are put together: a kind or a state behind a name.
            greedy: [/^alert-/, /^portal-badge-/, /^day-/],
          },
        });
        file.source = purged?.css ?? file.source;
      }
    },
  };
}

/** Beside each text a compressed one, so that a server need not compress. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    // Once the files are written: until then other plugins change them.
    async writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const text = await readFile(join(dir, name));
        const brotli = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
        await writeFile(join(dir, `${name}.br`), brotli);
        await writeFile(join(dir, `${name}.gz`), gzipSync(text));
      }
    },
  };
}

/** Which addresses are pages: a server answers 404 for any other. */
function addressList(): Plugin {
  return {
    name: 'address-list',
    apply: 'build',
    generateBundle() {
      const source = JSON.stringify(Object.values(addresses));
      this.emitFile({ type: 'asset', fileName: 'addresses.json', source });
    },
  };
}
