// How elements look and read: the sheet that they share, the language of dates.
import css from 'credenza:style';

const sheets = {};
// The sheet for shadow roots, and, by the name of the tag, the one for elements that draw into their own children.
export const sheet = (tag = '') => {
  if (!sheets[tag]) {
    sheets[tag] = new CSSStyleSheet();
    sheets[tag].replaceSync(tag ? css.replace(/:host(?:\(([^)]+)\))?/g, `${tag}$1`) : css);
  }
  return sheets[tag];
};

/** An element of the page's document. */
export const make = (name, className, textContent = '') => Object.assign(document.createElement(name), { className, textContent });

/** The name of a language as browsers know it; empty when it is none. */
export function language(name) {
  try {
    return Intl.getCanonicalLocales(name)[0] ?? '';
  } catch {
    return '';
  }
}
