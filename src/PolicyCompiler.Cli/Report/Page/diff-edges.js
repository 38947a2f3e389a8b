// Nodes and edges of the graph. Sets stay sets: what holds for all nodes of a box is an edge of the box, a set of too many
// nodes is a node of its own, and several sources meet several destinations in a joint, so that no product of two sets is drawn.
const MOST_SINGLE = 48;
const MOST_IN_SET = 6;
const MOST_EDGES = 500;

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

// A function from sets to what stands for them: nodes, boxes of which all nodes are in the set, or one crowd. A pod has no
// flow to itself, so that a set without the only pod at the other end is as good as one with it: so sets become the same that
// one difference each has.
function keysOf(list, units, crowds) {
  const uses = new Map();
  for (const set of list.flatMap(d => [d.sources, d.destinations])) uses.set(set, (uses.get(set) ?? 0) + 1);
  const unitOf = new Map(units.flatMap(u => u.ends.map(e => [e, u])));
  const sizes = new Map();
  for (const unit of units) if (unit.parent) sizes.set(unit.parent, (sizes.get(unit.parent) ?? 0) + 1);
  const known = new Map();
  return (set, other) => {
    const [pod] = other.ends;
    const missing = other.ends.length === 1 && pod.isOnePod && uses.get(set) === 1 && set.ends.length > MOST_IN_SET && !set.ends.includes(pod) ? [pod] : [];
    const id = missing.length ? `${set.index} ${pod.index}` : set;
    if (!known.has(id)) {
      const keys = keysIn([...set.ends, ...missing]);
      // Only many are taken together with what is missing.
      known.set(id, keys.length > MOST_IN_SET ? [crowdOf(keys.join(), [...set.ends, ...missing])] : missing.length ? keysIn(set.ends) : keys);
    }
    return known.get(id);
  };

  function keysIn(list) {
    const inside = new Map();
    for (const unit of new Set(list.map(e => unitOf.get(e)).sort((a, b) => a.ends[0].index - b.ends[0].index))) {
      const key = unit.parent ?? unit.key;
      inside.set(key, [...(inside.get(key) ?? []), unit.key]);
    }
    return [...inside].flatMap(([key, keys]) => sizes.get(key) === keys.length && keys.length > 1 ? [key] : keys);
  }

  function crowdOf(members, list) {
    if (!crowds.has(members)) {
      const around = new Set(list.map(e => e.box));
      const all = list.length.toLocaleString('en-US');
      const label = around.size === 1 ? `${all} of ${list[0].box.name}` : `${all} in ${plural([...around].filter(b => b.isNamespace).length, 'namespace')}${[...around].some(b => !b.isNamespace) ? ' and outside' : ''}`;
      crowds.set(members, { key: `s:${crowds.size}`, ends: list, parent: null, box: null, label, width: 30 + 7 * label.length });
    }
    return crowds.get(members).key;
  }
}

// Edges are { from, to, kind, isTolerated, list }; units are those that have any; left are the differences that have no room.
// Those that matter come first.
function edgesOf(list, units) {
  const crowds = new Map();
  const keys = keysOf(list, units, crowds);
  const pods = new Set(units.filter(u => u.ends.length === 1 && u.ends[0].isOnePod).map(u => u.key));
  const edges = new Map(), joints = new Map(), left = [];
  const add = (from, to, d) => {
    const id = `${from} ${to} ${d.kind} ${d.isTolerated}`;
    if (!edges.has(id)) edges.set(id, { from, to, kind: d.kind, isTolerated: d.isTolerated, list: [] });
    edges.get(id).list.push(d);
  };
  for (const d of [...list].sort((a, b) => a.isTolerated - b.isTolerated || a.index - b.index)) {
    const [from, to] = [keys(d.sources, d.destinations), keys(d.destinations, d.sources)];
    const isJoined = from.length * to.length > from.length + to.length + 1;
    if (edges.size + (isJoined ? from.length + to.length : from.length * to.length) > MOST_EDGES) { left.push(d); continue; }
    if (!isJoined) {
      // A pod has no flow to itself.
      for (const a of from) for (const b of to) if (a !== b || !pods.has(a)) add(a, b, d);
      continue;
    }
    const id = `${from} > ${to} ${d.kind} ${d.isTolerated}`;
    if (!joints.has(id)) joints.set(id, { key: `j:${joints.size}`, ends: [], parent: null, label: '', width: 24, kind: d.kind, isTolerated: d.isTolerated, list: [] });
    const joint = joints.get(id);
    joint.list.push(d);
    for (const a of from) add(a, joint.key, d);
    for (const b of to) add(joint.key, b, d);
  }
  const used = new Set([...edges.values()].flatMap(e => [e.from, e.to]));
  return { edges: [...edges.values()], joints: [...joints.values()], left, units: [...units, ...crowds.values()].filter(u => used.has(u.key) || used.has(u.parent)) };
}
