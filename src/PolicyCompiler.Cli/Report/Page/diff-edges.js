// Nodes and edges of the graph. Sets stay sets: what holds for all nodes of a box is an edge of the box, and many sources
// meet many destinations in a joint, so that no product of two sets is drawn.
const MOST_SINGLE = 48;
const MOST_NODES = 260;
const MOST_EDGES = 700;

function endsIn(list) { return [...new Set(list.flatMap(d => [d.sources, d.destinations]))].flatMap(s => s.ends).filter((e, i, all) => all.indexOf(e) === i); }

// Ends that are in the same sets are one node: those outside always, others where there are too many to show each.
function unitsOf(list) {
  const roles = new Map();
  for (const set of new Set(list.flatMap(d => [d.sources, d.destinations]))) {
    for (const end of set.ends) roles.set(end, `${roles.get(end) ?? ''} ${set.index}`);
  }
  const merged = new Map();
  for (const end of [...roles.keys()].sort((a, b) => a.index - b.index)) {
    const key = roles.size > MOST_SINGLE || !end.box.isNamespace ? `${end.box.key}${roles.get(end)}` : `${end.index}`;
    if (merged.has(key)) merged.get(key).push(end); else merged.set(key, [end]);
  }
  return [...merged.values()].map(inside => ({
    key: `e:${inside[0].index}`, ends: inside, parent: inside[0].box.key, box: inside[0].box,
    label: inside.length === 1 ? inside[0].label : `${shorten(inside[0].label, 14)} … (${inside.length})`,
  }));
}

// A node for each box.
function boxUnits(list) {
  const inside = new Map();
  for (const unit of unitsOf(list)) inside.set(unit.box, [...(inside.get(unit.box) ?? []), ...unit.ends]);
  return [...inside].map(([box, all]) => ({ key: box.key, ends: all, parent: null, box, label: box.name }));
}

// A function from sets to the keys of what stands for them: nodes, and boxes of which all nodes are in the set.
function keysOf(units) {
  const unitOf = new Map(units.flatMap(u => u.ends.map(e => [e, u])));
  const sizes = new Map();
  for (const unit of units) if (unit.parent) sizes.set(unit.parent, (sizes.get(unit.parent) ?? 0) + 1);
  const known = new Map();
  return set => {
    if (!known.has(set)) {
      const inside = new Map();
      for (const unit of new Set(set.ends.map(e => unitOf.get(e)))) {
        const key = unit.parent ?? unit.key;
        inside.set(key, [...(inside.get(key) ?? []), unit.key]);
      }
      known.set(set, [...inside].flatMap(([key, list]) => sizes.get(key) === list.length && list.length > 1 ? [key] : list));
    }
    return known.get(set);
  };
}

// { edges: [{ from, to, kind, isTolerated, list }], joints, left: differences without edges }. Those that matter come first.
function edgesOf(list, units) {
  const keys = keysOf(units);
  const single = new Set(units.filter(u => u.ends.length === 1).map(u => u.key));
  const edges = new Map(), joints = new Map(), left = [];
  const add = (from, to, d) => {
    const id = `${from} ${to} ${d.kind} ${d.isTolerated}`;
    if (!edges.has(id)) edges.set(id, { from, to, kind: d.kind, isTolerated: d.isTolerated, list: [] });
    edges.get(id).list.push(d);
  };
  for (const d of [...list].sort((a, b) => a.isTolerated - b.isTolerated || a.index - b.index)) {
    const [from, to] = [keys(d.sources), keys(d.destinations)];
    const isJoined = from.length * to.length > from.length + to.length + 1;
    if (edges.size + (isJoined ? from.length + to.length : from.length * to.length) > MOST_EDGES) { left.push(d); continue; }
    if (!isJoined) {
      // A pod has no flow to itself.
      for (const a of from) for (const b of to) if (a !== b || !single.has(a)) add(a, b, d);
      continue;
    }
    const id = `${from} > ${to} ${d.kind} ${d.isTolerated}`;
    if (!joints.has(id)) joints.set(id, { key: `j:${joints.size}`, ends: [], parent: null, label: '', width: 24, kind: d.kind, isTolerated: d.isTolerated, list: [] });
    const joint = joints.get(id);
    joint.list.push(d);
    for (const a of from) add(a, joint.key, d);
    for (const b of to) add(joint.key, b, d);
  }
  return { edges: [...edges.values()], joints: [...joints.values()], left };
}
