// Positions follow from the data alone: boxes in columns by how far they are from where connections come in, so that most
// edges lead to the right, and the nodes of a box in columns of their own in the same way.
const GAP = { box: 46, column: 90, node: 20, inner: 52 };
let shape = 1.3;
const MOST_WITH_OUTSIDE = 70;

// inner: room between the columns of a box, for what is written on its edges; between: between columns of boxes; wanted: width
// of the picture by its height.
function place(units, edges, inner, between = GAP.column, wanted = 1.3) {
  shape = 1.3;
  const boxes = new Map();
  for (const unit of units) boxes.set(unit.parent ?? unit.key, [...(boxes.get(unit.parent ?? unit.key) ?? []), unit]);
  const used = new Set(edges.flatMap(e => [e.from, e.to]));
  for (const extra of ['all', 'outside']) if (used.has(extra)) boxes.set(extra, []);
  const parents = new Map(units.map(u => [u.key, u.parent ?? u.key]));
  const boxOf = key => parents.get(key) ?? key;
  const filled = new Map([...boxes].map(([key, list]) => [key, fill(list, edges, inner)]));
  const links = unique(edges.map(e => [boxOf(e.from), boxOf(e.to)]));
  const sizeOf = key => filled.get(key);
  shape = wanted;
  const corners = links.length > 0 ? arrange([...boxes.keys()], links, sizeOf, between, GAP.box) : grid([...boxes.keys()], sizeOf, GAP.node);
  const positions = new Map();
  const rectangles = new Map();
  for (const { key, x, y } of corners) {
    const size = filled.get(key);
    rectangles.set(key, { x, y, width: size.width, height: size.height });
    if (size.nodes.length === 0) positions.set(key, { x: x + size.width / 2, y: y + size.height / 2 });
    for (const node of size.nodes) positions.set(node.key, { x: x + node.x + node.width / 2, y: y + node.y + 15 });
  }
  return { positions, bends: edges.length > MOST_WITH_OUTSIDE ? [] : edges.map(e => bend(e, edges.some(o => o.from === e.to && o.to === e.from), boxOf, rectangles, positions)) };
}

// How far an edge is bent, so that it does not run behind a box that it has nothing to do with; the way back is bent more.
function bend(edge, hasTwin, boxOf, rectangles, positions) {
  const center = key => positions.get(key) ?? middle(rectangles.get(key));
  const [from, to] = [center(edge.from), center(edge.to)];
  const others = [...rectangles].filter(([key]) => key !== boxOf(edge.from) && key !== boxOf(edge.to)).map(([, r]) => r);
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0 || others.length === 0) return 0;
  const hidden = distance => {
    let count = 0;
    for (let t = 0.05; t < 1; t += 0.05) {
      const off = 2 * t * (1 - t) * distance;
      const x = from.x + (to.x - from.x) * t - (to.y - from.y) / length * off, y = from.y + (to.y - from.y) * t + (to.x - from.x) / length * off;
      if (others.some(r => x > r.x - 8 && x < r.x + r.width + 8 && y > r.y - 22 && y < r.y + r.height + 8)) count++;
    }
    return count;
  };
  let best = 0, least = hidden(0);
  for (const step of [60, -60, 120, -120, 200, -200, 300, -300, 420, -420]) {
    const distance = hasTwin && edge.from > edge.to ? step * 1.3 : step;
    const count = hidden(distance);
    if (count < least) [best, least] = [distance, count];
  }
  return best;
}

function middle(r) { return { x: r.x + r.width / 2, y: r.y + r.height / 2 }; }

// Without edges: rows of equal cells.
function grid(keys, sizeOf, gap) {
  const [width, height] = [Math.max(...keys.map(k => sizeOf(k).width)) + gap, Math.max(...keys.map(k => sizeOf(k).height)) + gap];
  const columns = Math.max(1, Math.round(Math.sqrt(keys.length * shape * height / width)));
  return keys.map((key, i) => ({ key, x: i % columns * width, y: Math.floor(i / columns) * height }));
}

// The nodes of a box: in columns if they connect to each other, else as a block.
function fill(list, edges, inner) {
  if (list.length === 0) return { width: 110, height: 34, nodes: [] };
  const keys = new Set(list.map(u => u.key));
  const links = unique(edges.filter(e => keys.has(e.from) && keys.has(e.to)).map(e => [e.from, e.to]));
  const widths = new Map(list.map(u => [u.key, nodeWidth(u)]));
  const nodes = links.length > 0
    ? arrange([...keys], links, key => ({ width: widths.get(key), height: 30 }), inner, GAP.node)
    : block(list, widths);
  const pad = list[0].parent ? 18 : 0;
  for (const node of nodes) { node.width = widths.get(node.key); node.x += pad; node.y += pad + (pad ? 14 : 0); }
  return {
    nodes,
    width: Math.max(...nodes.map(n => n.x + n.width)) + pad,
    height: Math.max(...nodes.map(n => n.y + 30)) + pad,
  };
}

function block(list, widths) {
  const cell = Math.max(...widths.values()) + GAP.node;
  const columns = Math.max(1, Math.round(Math.sqrt(list.length * (30 + GAP.node) / cell)));
  return list.map((unit, i) => ({ key: unit.key, x: i % columns * cell + (cell - GAP.node - widths.get(unit.key)) / 2, y: Math.floor(i / columns) * (30 + GAP.node) }));
}

function unique(links) { return [...new Map(links.filter(([a, b]) => a !== b).map(link => [link.join('>'), link])).values()]; }

// Top left corners, as a list of { key, x, y } with the smallest at 0.
function arrange(keys, links, sizeOf, columnGap, rowGap) {
  const linked = new Set(links.flat());
  const columns = split(ranks(keys.filter(k => linked.has(k)), links), sizeOf, rowGap);
  const loose = keys.filter(k => !linked.has(k));
  for (const part of split(new Map(loose.map(k => [k, 0])), sizeOf, rowGap, heightOf(columns, sizeOf, rowGap))) if (part.length) columns.push(part);
  order(columns, links);
  // A flat picture is made taller, as far as its rows may be apart.
  const total = columns.reduce((sum, c) => sum + Math.max(0, ...c.map(k => sizeOf(k).width)) + columnGap, 0);
  const most = Math.max(...columns.map(c => c.length));
  const tallest = Math.max(heightOf(columns, sizeOf, rowGap), Math.min(total / shape, heightOf(columns, sizeOf, rowGap) + (most - 1) * rowGap * 1.2));
  const placed = [];
  let x = 0;
  for (const column of columns.filter(c => c.length)) {
    const width = Math.max(...column.map(k => sizeOf(k).width));
    const height = heightOf([column], sizeOf, rowGap);
    // Short columns are drawn apart, so that edges between them do not lie on each other.
    const extra = column.length > 1 ? Math.min(rowGap * 2, (tallest - height) / column.length) : 0;
    let y = (tallest - height - extra * (column.length - 1)) / 2;
    for (const key of column) {
      placed.push({ key, x: x + (width - sizeOf(key).width) / 2, y });
      y += sizeOf(key).height + rowGap + extra;
    }
    x += width + columnGap;
  }
  return placed;
}

function heightOf(columns, sizeOf, rowGap) {
  return Math.max(0, ...columns.map(c => c.reduce((sum, k) => sum + sizeOf(k).height + rowGap, -rowGap)));
}

// Longest way from a start; edges that close a circle are left out.
function ranks(keys, links) {
  const next = new Map(keys.map(k => [k, []]));
  const balance = new Map(keys.map(k => [k, 0]));
  for (const [a, b] of links) { next.get(a).push(b); balance.set(a, balance.get(a) - 1); balance.set(b, balance.get(b) + 1); }
  const first = key => key === 'outside' ? -2 : key === 'all' ? -1 : 0;
  const sequence = [...keys].sort((a, b) => first(a) - first(b) || balance.get(a) - balance.get(b) || (a < b ? -1 : 1));
  const position = new Map(sequence.map((k, i) => [k, i]));
  const rank = new Map(sequence.map(k => [k, 0]));
  for (const key of sequence) {
    for (const to of next.get(key)) if (position.get(to) > position.get(key)) rank.set(to, Math.max(rank.get(to), rank.get(key) + 1));
  }
  return rank;
}

// Ranks as columns, none much taller than the shape of a screen asks for; many short ranks share columns.
function split(rank, sizeOf, rowGap, least = 0) {
  const sizes = [...rank.keys()].map(sizeOf);
  const area = sizes.reduce((sum, s) => sum + (s.width + 70) * (s.height + rowGap), 0);
  const most = Math.max(least, Math.sqrt(area / shape), ...sizes.map(s => s.height));
  const byRank = [];
  for (const [key, r] of rank) (byRank[r] ??= []).push(key);
  const columns = [[]];
  let height = 0;
  for (const keys of byRank.filter(k => k)) {
    const total = keys.reduce((sum, k) => sum + sizeOf(k).height + rowGap, 0);
    if (columns.at(-1).length > 0 && (byRank.length < 4 || height + total > most)) { columns.push([]); height = 0; }
    for (const key of keys) {
      if (height > 0 && height + sizeOf(key).height > most * 1.1) { columns.push([]); height = 0; }
      columns.at(-1).push(key);
      height += sizeOf(key).height + rowGap;
    }
  }
  return columns;
}

// Within a column by where the neighbours are in the others.
function order(columns, links) {
  const near = new Map(columns.flat().map(k => [k, []]));
  for (const [a, b] of links) { near.get(a).push(b); near.get(b).push(a); }
  for (let round = 0; round < 8; round++) {
    const at = new Map(columns.flatMap(c => c.map((k, i) => [k, (i + 0.5) / c.length])));
    for (const column of columns) {
      const weights = new Map(column.map(key => {
        const others = near.get(key).filter(n => !column.includes(n));
        return [key, others.length ? others.reduce((sum, n) => sum + at.get(n), 0) / others.length : at.get(key)];
      }));
      column.sort((a, b) => weights.get(a) - weights.get(b) || (a < b ? -1 : 1));
    }
  }
}
