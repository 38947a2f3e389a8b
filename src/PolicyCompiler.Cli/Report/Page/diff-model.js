// What follows from the data. A difference holds from each of its sources to each of its destinations.
const SIGNS = { widened: '+', narrowed: '−', changed: '≠', added: 'new', removed: 'gone' };
const MEANINGS = {
  widened: 'Flows pass that were denied, or with fewer conditions.',
  narrowed: 'Flows are denied that passed, or pass with more conditions.',
  changed: 'Flows pass under other conditions, of which neither contains the other.',
  added: 'Flows that pass and have an end that only the new side has.',
  removed: 'Flows that passed and had an end that only the old side has.',
};

const boxes = data.boxes.map(([name, isNamespace], index) => ({ index, key: `n:${index}`, name, isNamespace, text: isNamespace ? `namespace ${name}` : name }));
const ends = data.ends.map(([box, label, text, isOnePod], index) => ({ index, box: boxes[box], label, text, isOnePod, search: text.toLowerCase() }));
// Sets of ends as runs: [first, count, first, count...].
const sets = data.sets.map((runs, index) => {
  const list = [];
  for (let i = 0; i < runs.length; i += 2) list.push(...ends.slice(runs[i], runs[i] + runs[i + 1]));
  return { index, ends: list };
});
const decisions = data.decisions.map(([text, ...indexes], index) => ({ index, text, rules: indexes.map(i => rules[i]) }));
const entries = data.entries.map(([reason, place]) => ({ reason, place }));

const differences = data.differences.map(([kind, sources, destinations, ports, family, before, after, lost, gained, sides, [flow, options], isTolerated, by, left], index) => {
  const directions = [];
  for (let i = 0; i < sides.length; i += 3) directions.push({ direction: sides[i], before: decisions[sides[i + 1]], after: decisions[sides[i + 2]] });
  const flows = [];
  for (let i = 0; i < left.length; i += 3) flows.push({ sources: sets[left[i]], destinations: sets[left[i + 1]], ports: data.ports[left[i + 2]] });
  return {
    index, kind: data.kinds[kind], sources: sets[sources], destinations: sets[destinations],
    ports: family ? `${data.ports[ports]} over ${family}` : data.ports[ports],
    before, after, lost, gained, directions, flow, options, isTolerated, entries: by.map(i => entries[i]), left: flows,
  };
});

for (const d of differences) {
  const named = d.directions.flatMap(s => [...s.before.rules, ...s.after.rules]).map(r => `${r.policy} ${r.place ?? ''} ${r.file ?? ''}:${r.line}`);
  d.search = [d.kind, d.ports, d.before, d.after, d.flow, ...d.lost, ...d.gained, ...d.entries.map(e => e.reason), ...named].join('\n').toLowerCase();
}

const filter = { kinds: new Set(data.kinds), text: '', hideTolerated: false };

function shownDifferences() {
  const found = new Map();
  const names = set => {
    if (!found.has(set)) found.set(set, set.ends.some(e => e.search.includes(filter.text)));
    return found.get(set);
  };
  return differences.filter(d => filter.kinds.has(d.kind) && !(filter.hideTolerated && d.isTolerated)
    && (!filter.text || d.search.includes(filter.text) || names(d.sources) || names(d.destinations)));
}
