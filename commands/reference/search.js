// The search of the reference: names of the schema, codes and guides. It asks no server.
const form = document.querySelector('#search');
const words = document.querySelector('#words');
const found = document.querySelector('#found');
const results = document.querySelector('#results');
const most = 20;

form.hidden = false;
form.addEventListener('submit', (event) => {
  event.preventDefault();
  results.querySelector('a')?.click();
});
words.addEventListener('input', () => {
  const asked = words.value.trim().toLowerCase();
  // A name that begins with the words is the likelier one, and a short one before a long one.
  const rank = ([name]) => {
    const at = name.toLowerCase().indexOf(asked);
    return (at === 0 ? 0 : name.toLowerCase().includes(`.${asked}`) ? 1 : 2) * 1000 + name.length;
  };
  const all = asked === '' ? [] : window.searchIndex.filter(([name]) => name.toLowerCase().includes(asked));
  const shown = all.sort((a, b) => rank(a) - rank(b)).slice(0, most);
  found.textContent =
    asked === '' ? '' : `${all.length} found${all.length > most ? `, the first ${most} shown` : ''}`;
  results.replaceChildren(
    ...shown.map(([name, kind, address]) => {
      const link = Object.assign(document.createElement('a'), { href: address, textContent: name });
      const item = document.createElement('li');
      item.append(link, ` ${kind}`);
      return item;
    }),
  );
});
