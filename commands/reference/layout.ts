import { escapeHtml } from '../../core/http/escape-html.ts';

export interface Page {
  /** Shape: `type-Child.html`. */
  readonly file: string;
  readonly title: string;
  /** HTML, from the first heading on. */
  readonly body: string;
  /** Names that the search finds on it, each with its kind and its place in the page. */
  readonly entries: readonly { readonly name: string; readonly kind: string; readonly anchor?: string }[];
}

export interface Section {
  readonly title: string;
  readonly pages: readonly Page[];
}

/** A whole page: the same header, search and navigation everywhere; readable without script and without network. */
export function pageHtml(page: Page, sections: readonly Section[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(page.title)} · School services API</title>
<link rel="stylesheet" href="style.css">
<link rel="icon" href="data:,">
<script src="search-index.js" defer></script>
<script src="search.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<a href="index.html">School services API</a>
<form role="search" id="search" hidden>
<label for="words">Search</label> <input type="search" id="words" autocomplete="off">
<p role="status" id="found"></p>
<ul id="results"></ul>
</form>
</header>
<nav aria-label="Reference">
${sections.map((section) => navigation(section, page)).join('\n')}
</nav>
<main id="content">
${page.body}
</main>
</body>
</html>
`;
}

function navigation({ title, pages }: Section, current: Page): string {
  const isHere = pages.includes(current);
  const links = pages.map(
    (page) =>
      `<li><a href="${page.file}"${page === current ? ' aria-current="page"' : ''}>${escapeHtml(page.title)}</a></li>`,
  );
  return `<details${isHere ? ' open' : ''}><summary>${escapeHtml(title)}</summary><ul>${links.join('')}</ul></details>`;
}

/** `search-index.js`: a script and not JSON, so that the search works from a folder, too. */
export function searchIndex(sections: readonly Section[]): string {
  const entries = sections.flatMap(({ pages }) =>
    pages.flatMap(({ file, entries: own }) =>
      own.map(({ name, kind, anchor }) => [name, kind, anchor === undefined ? file : `${file}#${anchor}`]),
    ),
  );
  return `window.searchIndex = ${JSON.stringify(entries)};\n`;
}
