/** The language of messages: Italian unless English is asked for first. `Accept-Language: en-GB,en;q=0.9` is `en`. */
export function languageOf(acceptLanguage: string | undefined): 'it' | 'en' {
  if (acceptLanguage === undefined) return 'it';
  const wanted = acceptLanguage
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
      return { tag: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ tag, quality }) => (tag === 'it' || tag === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality)[0];
  return wanted?.tag === 'en' ? 'en' : 'it';
}
