// What is shown. Filters on ports and policies depend on groups only, so they are asked once for each pair of groups.
const filter = { namespace: -1, end: '', port: null, policy: '', outside: true, focus: null };

function parsePort(text) {
  const match = /^\s*(?:(tcp|udp|sctp)\s*[\/ ]?\s*)?(\d{1,5})?(?:-(\d{1,5}))?\s*$/i.exec(text);
  if (!match || (!match[1] && !match[2])) return undefined;
  const first = match[2] ? +match[2] : 1, last = match[3] ? +match[3] : match[2] ? first : 65535;
  if (first < 1 || last > 65535 || first > last) return undefined;
  const chosen = match[1] ? [protocols.indexOf(match[1].toUpperCase())] : [0, 1, 2];
  return chosen.map(p => [p * 65536 + first, p * 65536 + last]);
}

let policySides = null;
let groupShown = new Map();
function resetFilter() {
  groupShown = new Map();
  policySides = null;
}

function sideNames(side, open) {
  policySides ??= new Map();
  const key = `${side.index}&${open.key}`;
  let names = policySides.get(key);
  if (names === undefined) {
    names = deciding(side, open).some(d => d.decision.rules.some(r => r.policy.toLowerCase().includes(filter.policy)));
    policySides.set(key, names);
  }
  return names;
}

function passes(open) {
  if (open.ports === nothing) return false;
  if (filter.port && !filter.port.some(range => hasPort(open.ports, range))) return false;
  return !filter.policy || sideNames(open.egress, open.ports) || sideNames(open.ingress, open.ports);
}

// The opening of a pair of groups, or null when it is closed or filtered out.
function shownOpening(source, destination) {
  const key = source * groups + destination;
  let open = groupShown.get(key);
  if (open === undefined) {
    open = opening(source, destination);
    groupShown.set(key, open = passes(open) ? open : null);
  }
  return open;
}

function isNamed(end) {
  if (filter.namespace >= 0 && end.namespace !== filter.namespace) return false;
  if (filter.end && !end.text.toLowerCase().includes(filter.end)) return false;
  return true;
}

function isFocused(end) { return !filter.focus || filter.focus.ends.has(end.index); }

// Whether a connection is shown as far as its ends decide: one of them is named, and one of them is in focus.
function endsPass(source, destination) {
  if (filter.namespace >= 0 || filter.end) {
    if (!(source !== OUTSIDE && isNamed(source)) && !(destination !== OUTSIDE && isNamed(destination))) return false;
  }
  if (!filter.focus) return true;
  const out = source !== OUTSIDE && isFocused(source), into = destination !== OUTSIDE && isFocused(destination);
  if (filter.focus.direction === 'between') return out && into;
  return filter.focus.direction === 'in' ? into : filter.focus.direction === 'out' ? out : out || into;
}

function shown(source, destination) {
  if (source === destination || !endsPass(source, destination)) return null;
  return shownOpening(source.group, destination.group);
}

// Rows to and from ranges outside that are shown.
function shownExternal(end, direction) {
  if (!filter.outside || !(direction === 'in' ? endsPass(OUTSIDE, end) : endsPass(end, OUTSIDE))) return [];
  const none = { ports: nothing, decided: [], index: -1 };
  return (direction === 'in' ? incoming : outgoing)[end.group].filter(row =>
    passes(direction === 'in' ? { ports: row.ports, egress: none, ingress: row.side } : { ports: row.ports, egress: row.side, ingress: none }));
}

// Every shown connection in order, made while it is read.
function* shownRows() {
  for (const source of ends) {
    for (const destination of ends) {
      const open = shown(source, destination);
      if (open) yield { source, destination, open };
    }
    for (const row of shownExternal(source, 'out')) yield externalRow(source, row, 'out');
  }
  for (const destination of ends) for (const row of shownExternal(destination, 'in')) yield externalRow(destination, row, 'in');
}

function externalRow(end, row, direction) {
  const range = { ...OUTSIDE, text: `${row.range}[External]`, range: row.range };
  return direction === 'in'
    ? { source: range, destination: end, open: { ports: row.ports, egress: null, ingress: row.side } }
    : { source: end, destination: range, open: { ports: row.ports, egress: row.side, ingress: null } };
}

// How many connections are shown, counted by groups where no filter looks at single ends.
function countShown() {
  let count = 0;
  const plain = filter.namespace < 0 && !filter.end && !filter.focus;
  if (plain) {
    for (let s = 0; s < groups; s++) {
      for (let d = 0; d < groups; d++) {
        if (shownOpening(s, d)) count += members[s].length * members[d].length - (s === d ? members[s].length : 0);
      }
    }
  } else {
    for (const source of ends) for (const destination of ends) if (shown(source, destination)) count++;
  }
  for (const end of ends) count += shownExternal(end, 'in').length + shownExternal(end, 'out').length;
  return count;
}
