// Adds up the compressed bytes of the first load of "/": the shell, and every script and style sheet that the
// shell, the root layout, the trainee layout and the home page need before the page is drawn. Above the budget
// it fails. Needs a build.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const BUDGET = 100 * 1024;
const build = path.resolve(import.meta.dirname, '../build');
const manifestFile = path.resolve(import.meta.dirname, '../.svelte-kit/output/client/.vite/manifest.json');
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));

/** Follows static imports and style sheets. */
function gather(key, found) {
	const chunk = manifest[key];
	if (!chunk || found.has(chunk.file)) return;
	found.add(chunk.file);
	for (const css of chunk.css ?? []) found.add(css);
	for (const next of chunk.imports ?? []) gather(next, found);
}

function compressed(file) {
	const at = path.join(build, file);
	return { file, br: size(`${at}.br`, at), gz: size(`${at}.gz`, at) };
}

function size(wanted, plain) {
	return statSync(existsSync(wanted) ? wanted : plain).size;
}

// Node 0 is the root layout, node 1 the error page; the nodes of "/" are named in the client's route table.
const nodes = Object.keys(manifest).filter((key) => /client-optimized\/nodes\/\d+\.js$/.test(key));
const app = Object.keys(manifest).filter((key) => /(client\/(client-)?entry|client\/payload|client-optimized\/app)\.js$/.test(key));
if (app.length === 0 || nodes.length === 0) throw new Error(`no entry found in ${manifestFile}`);
const table = readFileSync(path.join(build, manifest[app.find((key) => key.endsWith('app.js'))].file), 'utf8');
const home = /"\/\(trainee\)":\[(\d+),\[([\d,]+)\]/.exec(table);
if (!home) throw new Error('the route of "/" was not found in the route table');
const wanted = new Set(['0', '1', home[1], ...home[2].split(',')]);

const files = new Set(['index.html']);
for (const key of app) gather(key, files);
for (const key of nodes) if (wanted.has(path.basename(key, '.js'))) gather(key, files);

// Kit's start file sets the payload and then loads the rest: see PAYLOAD in vite.config.ts.
const start = new Set();
gather(app.find((key) => key.endsWith('client/entry.js')), start);
const startBytes = [...start].reduce((sum, file) => sum + statSync(path.join(build, file)).size, 0);
if (startBytes > 8 * 1024) throw new Error(`the start file pulls in ${startBytes} bytes before the payload is set`);

const rows = [...files].map(compressed).sort((a, b) => b.br - a.br);
for (const { file, br, gz } of rows) console.log(`${String(br).padStart(7)} br ${String(gz).padStart(7)} gz  ${file}`);
const br = rows.reduce((sum, row) => sum + row.br, 0);
const gz = rows.reduce((sum, row) => sum + row.gz, 0);
console.log(`first load of "/": ${rows.length} files, ${br} bytes brotli, ${gz} bytes gzip, budget ${BUDGET}`);
if (gz > BUDGET) process.exitCode = 1;
