import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as fontkit from 'fontkit';
import { projectFile } from '../project-root.ts';

type Font = fontkit.Font;
export type Weight = '400Regular' | '700Bold';

const opened = new Map<Weight, Font>();

/** Titillium Web, the open font of Italian public services. Parsed once a thread: it costs more than a page. */
export function fontOf(weight: Weight): Font {
  const font = opened.get(weight) ?? openFont(weight);
  opened.set(weight, font);
  return font;
}

function openFont(weight: Weight): Font {
  // Loaded with the first font: no program needs it to start.
  const { create } = createRequire(import.meta.url)('fontkit') as typeof fontkit;
  const file = `TitilliumWeb_${weight}.ttf`;
  return create(
    readFileSync(projectFile('node_modules', '@expo-google-fonts', 'titillium-web', weight, file)),
  ) as Font;
}
