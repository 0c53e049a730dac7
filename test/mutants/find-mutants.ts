/** One small change of a file, as a tired developer makes it. */
export interface Mutant {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

type Rule = readonly [pattern: RegExp, replacement: string];

/** What is changed outside strings and comments. */
const codeRules: readonly Rule[] = [
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ < /g, ' <= '],
  [/ <= /g, ' < '],
  [/ > /g, ' >= '],
  [/ >= /g, ' > '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \?\? /g, ' && '],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/ \* /g, ' / '],
  // A setting of speed: the fields are the same.
  [/(?<!simpleResolvers: )\btrue\b/g, 'false'],
  [/\bfalse\b/g, 'true'],
  [/\bawait (?!using)/g, ''],
  [/(?<=[(\s[,])!(?=[\w(])/g, ''],
  [/\bif \((?=.*\) )/g, 'if (false && '],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/\bMath\.min\(/g, 'Math.max('],
  [/\bMath\.max\(/g, 'Math.min('],
  [/(?<![\w.'])([2-9]|\d{2,})(?![\w.'n])/g, '($1 + 1)'],
  // A statement of one line, left out.
  [/(?<=[;{}]\n) +(?:await )?[\w.]+\([^;{\n]*\);$/gm, ''],
];

/** What is changed in SQL. */
const sqlRules: readonly Rule[] = [
  [/\bAND [\w."]+ (?:IS (?:NOT )?NULL|(?:=|<>|<=|>=|<|>) (?:ANY\([^)]*\)|[\w.:$"]+|'[^']*'))/g, ''],
  [/\bIS NULL\b/g, 'IS NOT NULL'],
  [/\bIS NOT NULL\b/g, 'IS NULL'],
  [/ <> /g, ' = '],
  [/ <= /g, ' < '],
  [/ >= /g, ' > '],
  [/ DESC\b/g, ''],
  [/\bFOR UPDATE\b/g, ''],
];

export function findMutants(file: string, text: string): readonly Mutant[] {
  const { code, sql } = maskOf(text);
  return [...apply(codeRules, code), ...apply(sqlRules, sql)];

  function apply(rules: readonly Rule[], masked: string): readonly Mutant[] {
    return rules.flatMap(([pattern, replacement]) =>
      [...masked.matchAll(pattern)].map((match) => {
        const from = text.slice(match.index, match.index + match[0].length);
        const to = replacement.replace('$1', match[1] ?? '');
        const changed = text.slice(0, match.index) + to + text.slice(match.index + match[0].length);
        return { file, line: text.slice(0, match.index + 1).split('\n').length, from, to, text: changed };
      }),
    );
  }
}

/**
 * The text twice, each time with all other kinds of text blanked out: code alone, and SQL alone. Patterns are
 * neither.
 */
function maskOf(text: string): { readonly code: string; readonly sql: string } {
  // No rule matches the sign that stands for other text.
  const blank = (part: string) => part.replace(/[^\n]/g, '~');
  const pieces =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<=[(,=:!&|?] ?| {2})\/(?![/*])(?:[^/\\\n]|\\.)+\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g;
  const isSql = (piece: string) => /^['"`]\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|AND|WHERE)\b/.test(piece);
  const imports = /^(?:import|export)\b[^;]*?from '[^']*';$|^import '[^']*';$/gm;
  const code = text
    .replace(imports, blank)
    .replace(pieces, blank)
    .replace(/^(?:export )?(?:interface [\s\S]*?^\}|type [^;{]*;|type [^;]*?\{[\s\S]*?^\}[^;]*;)/gm, blank);
  let sql = '';
  let at = 0;
  for (const match of text.matchAll(pieces)) {
    sql += blank(text.slice(at, match.index)) + (isSql(match[0]) ? match[0] : blank(match[0]));
    at = match.index + match[0].length;
  }
  return { code, sql: sql + blank(text.slice(at)) };
}
