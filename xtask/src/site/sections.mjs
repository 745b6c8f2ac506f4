// The outermost layer of a WebAssembly module: its sections, and how its numbers are written.

/** Reads an unsigned LEB128 number at `at`; returns it and where it ends. */
export function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

/** Writes an unsigned LEB128 number. */
export function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value > 0);
  return bytes;
}

/** Where each section that is not a custom one starts, has its content, and ends, by its id. */
export function sections(bytes) {
  const found = new Map();
  for (let at = 8; at < bytes.length; ) {
    const [size, content] = number(bytes, at + 1);
    if (bytes[at] !== 0) found.set(bytes[at], { start: at, content, end: content + size });
    at = content + size;
  }
  return found;
}

/** The section with this id. */
export function section(bytes, id) {
  const found = sections(bytes).get(id);
  if (!found) throw new Error(`the module has no section ${id}`);
  return found;
}
