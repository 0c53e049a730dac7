// `--require`d before a program, lets it think that it runs on a Node that is too old.
Object.defineProperty(process.versions, 'node', { value: '20.20.2' });
