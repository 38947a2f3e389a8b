// What follows from the data. A connection is open where both sides open it.

const ends = data.ends.map(([namespace, name, kind, group], index) =>
  ({ index, namespace, name, kind, group, text: `${data.namespaces[namespace]}/${name}[${kind}]` }));
const namespaces = data.namespaces.map((name, index) => ({ index, name, ends: ends.filter(e => e.namespace === index) }));
const groups = data.egress.length;
const members = Array.from({ length: groups }, () => []);
for (const end of ends) members[end.group].push(end);

const protocols = ['TCP', 'UDP', 'SCTP'];

// [text, first, last, first, last...]: keys of protocol * 65536 + port.
const ports = data.ports.map(([text, ...bounds]) => ({ text, bounds, key: bounds.join() }));
const portsByKey = new Map(ports.map(p => [p.key, p]));
const nothing = portsByKey.get('') ?? internPorts([]);
const everything = portsByKey.get('1,65535,65537,131071,131073,196607') ?? null;

function internPorts(bounds) {
  const key = bounds.join();
  let known = portsByKey.get(key);
  if (!known) portsByKey.set(key, known = { text: portText(bounds), bounds, key });
  return known;
}

function portText(bounds) {
  if (bounds.join() === '1,65535,65537,131071,131073,196607') return 'All Connections';
  const parts = [[], [], []];
  for (let i = 0; i < bounds.length; i += 2) {
    const [first, last] = [bounds[i] & 0xffff, bounds[i + 1] & 0xffff];
    parts[bounds[i] >> 16].push(first === last ? `${first}` : `${first}-${last}`);
  }
  return protocols.map((p, i) => parts[i].length ? `${p} ${parts[i].join(',')}` : '').filter(t => t).sort().join(',');
}

const intersections = new Map();
function intersect(a, b) {
  if (a === b || b === everything) return a;
  if (a === everything) return b;
  const key = `${a.key}&${b.key}`;
  let both = intersections.get(key);
  if (!both) {
    const bounds = [];
    for (let i = 0, j = 0; i < a.bounds.length && j < b.bounds.length;) {
      const first = Math.max(a.bounds[i], b.bounds[j]), last = Math.min(a.bounds[i + 1], b.bounds[j + 1]);
      if (first <= last) bounds.push(first, last);
      if (a.bounds[i + 1] < b.bounds[j + 1]) i += 2; else j += 2;
    }
    intersections.set(key, both = internPorts(bounds));
  }
  return both;
}

function union(a, b) {
  if (a === b || b === nothing) return a;
  if (a === nothing) return b;
  const ranges = [];
  for (const set of [a, b]) for (let i = 0; i < set.bounds.length; i += 2) ranges.push([set.bounds[i], set.bounds[i + 1]]);
  ranges.sort((x, y) => x[0] - y[0]);
  const bounds = [];
  for (const [first, last] of ranges) {
    const end = bounds.length - 1;
    if (end > 0 && first <= bounds[end] + 1) bounds[end] = Math.max(bounds[end], last); else bounds.push(first, last);
  }
  return internPorts(bounds);
}

function hasPort(set, range) {
  for (let i = 0; i < set.bounds.length; i += 2) if (set.bounds[i] <= range[1] && set.bounds[i + 1] >= range[0]) return true;
  return false;
}

const decisions = data.decisions.map(([text, ...indexes]) => ({ text, rules: indexes.map(i => rules[i]) }));
const sides = data.sides.map(([open, ...pairs], index) => {
  const decided = [];
  for (let i = 0; i < pairs.length; i += 2) decided.push({ decision: decisions[pairs[i]], ports: ports[pairs[i + 1]] });
  return { index, ports: ports[open], decided };
});

function expand(runs) {
  const row = new Int32Array(groups);
  for (let i = 0, at = 0; i < runs.length; i += 2) { row.fill(runs[i], at, at + runs[i + 1]); at += runs[i + 1]; }
  return row;
}
const egress = data.egress.map(expand);
const ingress = data.ingress.map(expand);
const exceptions = new Map(data.exceptions.map(([s, d, p]) => [s * groups + d, ports[p]]));

// What is open from an end of one group to another end of the second.
const pairs = new Map();
function opening(source, destination) {
  const exception = exceptions.get(source * groups + destination);
  const from = egress[source][destination], to = ingress[destination][source];
  if (exception) return { ports: exception, egress: sides[from], ingress: sides[to] };
  const key = from * sides.length + to;
  let open = pairs.get(key);
  if (!open) pairs.set(key, open = { ports: intersect(sides[from].ports, sides[to].ports), egress: sides[from], ingress: sides[to] });
  return open;
}

// Ranges outside the cluster by group: what they may open to its ends, and these to them.
function external(runs) {
  const rows = [];
  for (let i = 0; i < runs.length; i += 2) rows.push({ range: data.addresses[runs[i]], side: sides[runs[i + 1]], ports: sides[runs[i + 1]].ports });
  return rows;
}
const incoming = data.incoming.map(external);
const outgoing = data.outgoing.map(external);

const OUTSIDE = { index: -1, text: 'outside the cluster', name: 'outside', namespace: -1, kind: 'External' };

// The decisions of a side that open something of these ports.
function deciding(side, open) {
  return side.decided.map(d => ({ decision: d.decision, ports: intersect(d.ports, open) })).filter(d => d.ports !== nothing);
}
