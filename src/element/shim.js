// Stands in for the element's script until that is there: it draws nothing.
import style from 'credenza:style';
import { programs, version } from 'credenza:programs';

const Base = globalThis.HTMLElement ?? class {};

export class CredenzaConnect extends Base {
  async connectedCallback() {
    const { url, integrity, glue } = programs.storefront;
    const { init, open } = glue();
    await init({ module_or_path: fetch(url(), { integrity }) });
    open(this.attachShadow({ mode: 'open' }));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.shadowRoot.adoptedStyleSheets = [sheet];
  }
}

export const register = (tagName = 'credenza-connect') => {
  const registry = globalThis.customElements;
  if (registry && !registry.get(tagName)) registry.define(tagName, CredenzaConnect);
};

export const configure = (options) => Object.assign(programs, options.wasm);

export const diagnose = () => ({ version });
