// Imported first, before anything that an older Node would trip over.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Action48 needs Node.js 20.19 or newer; this is ${process.versions.node}.\n` +
      'What to do: install a newer one (https://nodejs.org) and run the command again.',
  );
  process.exit(1);
}
