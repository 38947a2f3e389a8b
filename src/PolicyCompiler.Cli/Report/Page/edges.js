// Few edges instead of many: what is open to a whole namespace, or from it, is one edge, and so is what is open to everything
// that is shown. Only connections with the same ports are taken together.

const MOST_SINGLE = 48;

// A unit is some ends of a namespace that all have the same answers, or a whole namespace; the keys of nodes are e:INDEX of
// the first end, n:INDEX, all and outside. Ends are taken together only where there are too many to show each.
function endUnits() {
  const visible = visibleEnds();
  if (visible.length <= MOST_SINGLE) return visible.map(end => newUnit([end]));
  const merged = new Map();
  for (const end of visible) {
    const key = `${end.namespace} ${end.group} ${isNamed(end)} ${isFocused(end)}`;
    if (merged.has(key)) merged.get(key).push(end); else merged.set(key, [end]);
  }
  return [...merged.values()].map(newUnit);
}

function newUnit(list) {
  const [end] = list;
  return { key: `e:${end.index}`, ends: list, label: list.length === 1 ? end.name : `${end.name} … (${list.length})`, parent: `n:${end.namespace}`, namespace: end.namespace };
}

function visibleEnds() {
  const visible = new Set();
  for (const source of ends) {
    for (const destination of ends) {
      if (shown(source, destination)) { visible.add(source); visible.add(destination); }
    }
    if (shownExternal(source, 'in').length + shownExternal(source, 'out').length) visible.add(source);
  }
  return [...visible].sort((a, b) => a.index - b.index);
}

function namespaceUnits() {
  const visible = new Set(visibleEnds().map(e => e.namespace));
  return namespaces.filter(n => visible.has(n.index)).map(n => ({ key: `n:${n.index}`, ends: n.ends, label: n.name, parent: null, namespace: n.index }));
}

// Groups of a list of ends, each with one of its ends; filters that look at ends make every end count.
function representatives(list) {
  if (filter.namespace >= 0 || filter.end || filter.focus) return list;
  const seen = new Set();
  return list.filter(e => !seen.has(e.group) && seen.add(e.group));
}

function unitPorts(from, to) {
  let all = nothing;
  if (from === to && from.ends.length === 1) return all;
  for (const source of representatives(from.ends)) {
    for (const destination of representatives(to.ends)) {
      const other = source !== destination ? destination : to.ends.find(e => e !== source && e.group === source.group);
      const open = other ? shown(source, other) : null;
      if (open) all = union(all, open.ports);
    }
  }
  return all;
}

function externalPorts(unit, direction) {
  let all = nothing;
  for (const end of representatives(unit.ends)) for (const row of shownExternal(end, direction)) all = union(all, row.ports);
  return all;
}

// [{ from, to, ports }] with keys of nodes.
function mergedEdges(units) {
  const byParent = new Map();
  for (const unit of units) if (unit.parent) byParent.set(unit.parent, [...(byParent.get(unit.parent) ?? []), unit]);
  const parents = [...byParent].filter(([, inside]) => inside.length > 1);
  const parentOf = new Map(units.map(u => [u.key, u.parent]));
  const bySource = new Map();
  const add = (set, from, to) => {
    if (set === nothing) return;
    if (!bySource.has(set)) bySource.set(set, new Map());
    const targets = bySource.get(set);
    if (!targets.has(from.key)) targets.set(from.key, new Set());
    targets.get(from.key).add(to);
  };
  for (const from of units) {
    for (const to of units) add(unitPorts(from, to), from, to.key);
    add(externalPorts(from, 'out'), from, 'outside');
  }
  for (const to of units) add(externalPorts(to, 'in'), { key: 'outside' }, to.key);

  const edges = [];
  for (const [set, targets] of bySource) {
    const sources = [...targets].map(([key, to]) => [key, mergeTargets(key, to)]);
    for (const edge of mergeSources(new Map(sources))) edges.push({ ...edge, ports: set });
  }
  return edges;

  // Of one node: everything, or whole namespaces.
  function mergeTargets(key, to) {
    const inside = [...to].filter(t => t !== 'outside').length;
    const others = units.length - (to.has(key) || key === 'outside' ? 0 : 1);
    if (units.length > 3 && inside === others) return new Set(to.has('outside') ? ['all', 'outside'] : ['all']);
    for (const [parent, list] of parents) {
      if (parentOf.get(key) !== parent && list.every(u => to.has(u.key))) {
        list.forEach(u => to.delete(u.key));
        to.add(parent);
      }
    }
    return to;
  }

  // A namespace whose nodes all connect to each other is one edge from itself to itself.
  function mergeInside(found, [parent, list]) {
    const inside = found.filter(e => parentOf.get(e.from) === parent && parentOf.get(e.to) === parent);
    const between = inside.filter(e => e.from !== e.to).length, loops = inside.length - between;
    return between === list.length * (list.length - 1) && loops === list.filter(u => u.ends.length > 1).length
      ? [...found.filter(e => !inside.includes(e)), { from: parent, to: parent }]
      : found;
  }

  // The same for the other end of the edges.
  function mergeSources(sources) {
    const found = [];
    const byTarget = new Map();
    for (const [key, to] of sources) for (const t of to) byTarget.set(t, (byTarget.get(t) ?? new Set()).add(key));
    for (const [target, from] of byTarget) {
      const inside = [...from].filter(f => f !== 'outside').length;
      if (units.length > 3 && inside >= units.length - (target.startsWith('e:') && !from.has(target) ? 1 : 0)) {
        found.push({ from: 'all', to: target });
        if (from.has('outside')) found.push({ from: 'outside', to: target });
        continue;
      }
      for (const [parent, list] of parents) {
        if (parentOf.get(target) !== parent && list.every(u => from.has(u.key))) {
          list.forEach(u => from.delete(u.key));
          found.push({ from: parent, to: target });
        }
      }
      for (const key of from) found.push({ from: key, to: target });
    }
    return parents.reduce(mergeInside, found);
  }
}

function endsOf(key, units) {
  return key === 'all' ? units.flatMap(u => u.ends)
    : units.filter(u => u.key === key || u.parent === key).flatMap(u => u.ends);
}

// The connections behind an edge: at most so many of them, and how many there are.
function rowsOf(edge, units, most) {
  const rows = [];
  let total = 0;
  const matches = open => units.some(u => u.key.startsWith('n:')) || open.ports === edge.ports || edge.from === 'outside' || edge.to === 'outside';
  const add = row => { if (matches(row.open)) { total++; if (rows.length < most) rows.push(row); } };
  if (edge.from === 'outside' || edge.to === 'outside') {
    const direction = edge.from === 'outside' ? 'in' : 'out';
    for (const end of endsOf(direction === 'in' ? edge.to : edge.from, units)) {
      for (const row of shownExternal(end, direction)) add(externalRow(end, row, direction));
    }
    return { rows, total };
  }
  for (const source of endsOf(edge.from, units)) {
    for (const destination of endsOf(edge.to, units)) {
      const open = shown(source, destination);
      if (open) add({ source, destination, open });
    }
  }
  return { rows, total };
}
