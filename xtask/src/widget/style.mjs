// The element's style: what stands in a page's `:root` is the console's and goes.
import { minified } from '../site/pack.mjs';

/** Where the block that begins at `open` ends. */
function closing(css, open) {
  let depth = 0;
  for (let at = open; at < css.length; at += 1) {
    if (css[at] === '"' || css[at] === "'") {
      const quote = css[at];
      for (at += 1; css[at] !== quote; at += 1) if (css[at] === '\\') at += 1;
    } else if (css[at] === '{') depth += 1;
    else if (css[at] === '}' && --depth === 0) return at;
  }
  throw new Error('a block of the style does not end');
}

/** The selectors of a list; commas inside of brackets divide none. */
function selectors(list) {
  const found = [''];
  let depth = 0;
  for (const letter of list) {
    if ('(['.includes(letter)) depth += 1;
    if (')]'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0) found.push('');
    else found[found.length - 1] += letter;
  }
  return found;
}

/** Rules without those that are for a page's root; `css` is minified. */
export function withoutRoot(css) {
  let out = '';
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf('{', at);
    if (open < 0) return out + css.slice(at);
    const end = closing(css, open);
    const head = css.slice(at, open);
    const body = css.slice(open + 1, end);
    at = end + 1;
    if (/^@(media|supports|layer|container)\b/.test(head)) {
      const inner = withoutRoot(body);
      if (inner !== '') out += `${head}{${inner}}`;
    } else if (head.startsWith('@')) out += `${head}{${body}}`;
    else {
      const left = selectors(head).filter((one) => !one.includes(':root'));
      if (left.length > 0) out += `${left.join(',')}{${body}}`;
    }
  }
  return out;
}

/** Sizes as they are in the console, whatever the page around takes for its root; what is narrow is the element, not the window; and tones are its own. */
const ofItsOwn = (css) => css.replace(/(^|[},])(\[data-tone=)/g, '$1.cz-element $2').replace(/([\d.]+)rem\b/g, (_, rem) => `${Number(rem) * 16}px`).replace(/@media ?\(max-width: ?480px\)/g, '@container (max-width:480px)');

/** One minified sheet of several. */
export const style = async (sheets) => ofItsOwn(withoutRoot((await minified(sheets.join('\n'), 'css')).trim()));
