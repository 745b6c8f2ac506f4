// Puts functions that are alike beside each other: what compresses a module finds near repetitions for fewer bits
// than far ones. `named` gives the functions of a module names by which wasm-opt's --reorder-functions-by-name brings
// them into that order.
import { leb, number, sections } from './sections.mjs';

/** How many bytes in a row count as a piece, and how common a piece may be and still say something. */
const PIECE = 5;
const COMMON = 200;

/** Every piece of a function, once. */
function pieces(body) {
  const found = new Set();
  for (let at = 0; at + PIECE <= body.length; at += 1) found.add(body.toString('latin1', at, at + PIECE));
  return found;
}

/** From the longest function on, always to the one that shares most with the last. The same input gives the same order. */
function order(bodies) {
  const all = bodies.map(pieces);
  const holders = new Map();
  all.forEach((set, index) => {
    for (const piece of set) {
      const known = holders.get(piece);
      if (known) known.push(index);
      else holders.set(piece, [index]);
    }
  });
  const left = new Set(all.keys());
  let here = bodies.reduce((best, body, index) => (body.length > bodies[best].length ? index : best), 0);
  const result = [];
  for (;;) {
    result.push(here);
    left.delete(here);
    if (left.size === 0) return result;
    const shared = new Map();
    for (const piece of all[here]) {
      const known = holders.get(piece);
      if (known.length >= COMMON) continue;
      for (const index of known) if (left.has(index)) shared.set(index, (shared.get(index) ?? 0) + 1);
    }
    let [next] = left;
    let best = 0;
    for (const [index, count] of shared) {
      // Long functions share something with everything: what they do not share counts against them.
      const alike = count / (all[index].size + all[here].size - count + 20);
      if (alike > best) [best, next] = [alike, index];
    }
    here = next;
  }
}

/** The same module with names by which its functions sort into the better order. It must have no names yet. */
export function named(wasm) {
  const found = sections(wasm);
  const [imports] = number(wasm, found.get(2).content);
  const bodies = [];
  let [count, at] = number(wasm, found.get(10).content);
  for (; count > 0; count -= 1) {
    const [length, body] = number(wasm, at);
    bodies.push(wasm.subarray(body, body + length));
    at = body + length;
  }
  const ranks = new Map(order(bodies).map((index, rank) => [index, rank]));
  const list = [...leb(bodies.length)];
  bodies.forEach((_, index) => {
    const name = Buffer.from(`f${String(ranks.get(index)).padStart(6, '0')}`);
    list.push(...leb(imports + index), ...leb(name.length), ...name);
  });
  // A custom section called "name", in which part 1 has the names of functions.
  const content = [4, ...Buffer.from('name'), 1, ...leb(list.length), ...list];
  return Buffer.concat([wasm, Buffer.from([0, ...leb(content.length), ...content])]);
}
