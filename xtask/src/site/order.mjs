// Puts functions that are alike beside each other: what compresses a module finds near repetitions for fewer bits
// than far ones. `named` gives the functions of a module names by which wasm-opt's --reorder-functions-by-name brings
// them into that order. Which way of comparing does best is a matter of luck: whoever calls tries them all.
import { leb, number, sections } from './sections.mjs';

/**
 * Ways of comparing. `piece`: how many bytes in a row count as one. `common`: how common a piece may be and still say
 * something. `back` and `fades`: with how many functions before it the next one is compared, and what each further one
 * of them counts.
 */
export const WAYS = [
  { piece: 4, common: 300, back: 3, fades: 0.6 },
  { piece: 4, common: 800, back: 4, fades: 0.7 },
  { piece: 5, common: 200, back: 3, fades: 0.7 },
  { piece: 5, common: 300, back: 3, fades: 0.6 },
  { piece: 4, common: 400, back: 2, fades: 0.5 },
  { piece: 4, common: 300, back: 6, fades: 0.8 },
  { piece: 6, common: 300, back: 3, fades: 0.6 },
  { piece: 3, common: 500, back: 3, fades: 0.6 },
  { piece: 4, common: 500, back: 5, fades: 0.75 },
  { piece: 4, common: 200, back: 4, fades: 0.6 },
  { piece: 5, common: 400, back: 5, fades: 0.7 },
  { piece: 5, common: 600, back: 2, fades: 0.5 },
  { piece: 6, common: 500, back: 4, fades: 0.7 },
  { piece: 4, common: 600, back: 8, fades: 0.85 },
  { piece: 3, common: 900, back: 5, fades: 0.7 },
  { piece: 5, common: 250, back: 1, fades: 0.5 },
];

/** Every piece of a function, once. */
function pieces(body, length) {
  const found = new Set();
  for (let at = 0; at + length <= body.length; at += 1) found.add(body.toString('latin1', at, at + length));
  return found;
}

/** From the longest function on, always to the one that is most like the last ones. The same input gives the same order. */
function order(bodies, { piece: length, common, back, fades }) {
  const all = bodies.map((body) => pieces(body, length));
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
    const scores = new Map();
    for (const [ago, known] of result.slice(-back).reverse().entries()) {
      const shared = new Map();
      for (const piece of all[known]) {
        const others = holders.get(piece);
        if (others.length >= common) continue;
        for (const index of others) if (left.has(index)) shared.set(index, (shared.get(index) ?? 0) + 1);
      }
      for (const [index, count] of shared) {
        // Long functions share something with everything: what they do not share counts against them.
        const alike = count / (all[index].size + all[known].size - count + 5);
        scores.set(index, (scores.get(index) ?? 0) + alike * fades ** ago);
      }
    }
    let best = 0;
    [here] = left;
    for (const [index, score] of scores) if (score > best) [best, here] = [score, index];
  }
}

/** The same module with names by which its functions sort into an order. It must have no names yet. */
export function named(wasm, way) {
  const found = sections(wasm);
  const [imports] = number(wasm, found.get(2).content);
  const bodies = [];
  let [count, at] = number(wasm, found.get(10).content);
  for (; count > 0; count -= 1) {
    const [length, body] = number(wasm, at);
    bodies.push(wasm.subarray(body, body + length));
    at = body + length;
  }
  const ranks = new Map(order(bodies, way).map((index, rank) => [index, rank]));
  const list = [...leb(bodies.length)];
  bodies.forEach((_, index) => {
    const name = Buffer.from(`f${String(ranks.get(index)).padStart(6, '0')}`);
    list.push(...leb(imports + index), ...leb(name.length), ...name);
  });
  // A custom section called "name", in which part 1 has the names of functions.
  const content = [4, ...Buffer.from('name'), 1, ...leb(list.length), ...list];
  return Buffer.concat([wasm, Buffer.from([0, ...leb(content.length), ...content])]);
}
