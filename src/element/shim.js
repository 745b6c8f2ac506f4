// <credenza-connect>: what a page sees of an element. It forwards what the page sets to the module of the service, and raises
// what that tells as events; it decides nothing about credentials. What has to be said without a module is said here.
import { version } from 'credenza:programs';
import { Failed, SAID, keys, shared, start, stopped } from './load.js';
import { language, make, sheet } from './looks.js';
import { diagnose, frame, listen, refusals } from './page.js';
import { fits, send } from './wire.js';

const Base = globalThis.HTMLElement ?? class {};
const MODULES = { storefront: 'storefront', destinations: 'clients', inventory: 'clients', registry: 'registry' };
// What says which credential it is for.
const TARGET = ['service', 'storefront-id', 'source-id', 'instance-id', 'agent-url', 'auth-type'];
const TEXTS = [...TARGET, 'locale', 'theme', 'name'];
const FLAGS = ['light-dom', 'admin', 'disabled', 'required'];
const OBJECTS = ['config', 'getToken', 'getHeaders', 'value', 'messages'];
const SCRIPT = { send, keys };
const property = (attribute) => attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

let begun = false;
const begin = () => {
  if (begun) return;
  begun = true;
  listen();
  addEventListener('error', stopped);
  addEventListener('unhandledrejection', stopped);
};

/** The element. */
export class CredenzaConnect extends Base {
  static formAssociated = true;
  static observedAttributes = [...TEXTS, ...FLAGS];

  #internals = this.attachInternals?.();
  #objects = {};
  #place;
  #fallback;
  #slot;
  #module;
  #id;
  #turn = 0;
  #failed;
  #settings;
  #said = {};
  #queued = false;
  #status = 'unknown';
  #valid = false;

  connectedCallback() {
    begin();
    // What was set before the class was there hides what the class has.
    for (const name of [...OBJECTS, ...[...TEXTS, ...FLAGS].map(property)]) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    shared.alive.add(this);
    this.#draw();
    if (this.#slot) this.#adopt();
    this.#later();
  }

  disconnectedCallback() {
    // An element that is only moved is back in a moment.
    queueMicrotask(() => {
      if (this.isConnected) return;
      shared.alive.delete(this);
      this.#close();
    });
  }

  attributeChangedCallback() {
    this.#later();
  }

  formDisabledCallback(disabled) {
    if (this.#place) this.#place.inert = disabled;
  }

  formResetCallback() {
    this.reset();
  }

  /** A place to draw, once: in a root of its own, or among the children. */
  #draw() {
    if (this.#place) return;
    this.#place = make('div', 'cz-root cz-element');
    this.#place.part = 'base';
    this.#place.inert = this.matches(':disabled');
    const light = this.lightDom;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open', delegatesFocus: !light });
    root.adoptedStyleSheets = [sheet()];
    this.#fallback = make('slot', '');
    root.append(this.#fallback);
    if (light) {
      // Its own child stands in a slot of its own, so that the other slot can hide whatever else is in it.
      this.#slot = Object.assign(make('slot', ''), { name: 'credenza' });
      this.#place.slot = 'credenza';
      this.append(this.#place);
    }
    root.prepend(this.#slot ?? this.#place);
  }

  /** What stands among a page's nodes is styled by a sheet of whatever root that is. */
  #adopt() {
    const root = this.getRootNode();
    const own = sheet(this.localName);
    if (!root.adoptedStyleSheets.includes(own)) root.adoptedStyleSheets.push(own);
  }

  #later() {
    if (this.#queued || !this.isConnected) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (this.isConnected && this.#place) this.#set();
    });
  }

  /** Hands over what the element is set to, to the module of its service. */
  async #set() {
    this.#validate();
    const name = MODULES[this.service];
    if (!this.service) return;
    if (!Object.hasOwn(MODULES, this.service)) {
      if (this.#failed !== this.service) this.#fail('configuration');
      this.#failed = this.service;
      return;
    }
    if (this.#failed === name) return;
    if (this.#module?.name !== name) {
      this.#close();
      this.#states('loading');
      const turn = this.#turn;
      try {
        const running = await start(name);
        if (turn !== this.#turn || this.#module) return;
        this.#module = { name, ...running };
      } catch (error) {
        // What the policy refused is told a moment later.
        await new Promise((go) => setTimeout(go));
        if (turn !== this.#turn) return;
        this.#fail(error.code ?? 'wasm_unreachable', error);
        // Told once; the next time that it is put into a page it tries again.
        this.#failed = name;
        return;
      }
    }
    if (!this.isConnected) return;
    const { config, value = {}, messages } = this.#objects;
    if (!config) {
      if (this.#id !== undefined) this.#close();
      return;
    }
    this.#id ??= this.#module.open(this.#host());
    // Of all elements of the service, because their words are.
    const words = { words: messages && JSON.stringify(messages), locale: language(this.locale) };
    const said = (shared.said[name] ??= {});
    for (const [what, now] of Object.entries(words)) {
      // Who never set anything takes nothing away from the others.
      if ((!now && !this.#said[what]) || said[what] === now) continue;
      this.#said[what] = said[what] = now;
      for (const element of shared.alive) element.told(name, what, now || (what === 'words' ? '{}' : ''));
    }
    const set = Object.fromEntries(TARGET.filter((text) => this[property(text)]).map((text) => [property(text), this[property(text)]]));
    if (this.admin) set.admin = '';
    if (this.getToken) set.token = '';
    const settings = JSON.stringify({ config: JSON.stringify(config), value, set });
    if (settings !== this.#settings) this.#stands('unknown');
    this.#settings = settings;
    this.#fallback.hidden = this.#module.tell(this.#id, 'set', settings);
  }

  /** The page's side, as the module sees it. */
  #host() {
    const element = this;
    const service = () => this.service;
    return {
      root: this.#place,
      tell: (name, detail) => this.#tell(name, detail),
      script: SCRIPT,
      framed: frame() === 'cross-origin',
      headers: () => Object.fromEntries(Object.entries(element.getHeaders?.({ service: service() }) ?? {}).filter((pair) => fits(...pair))),
      get token() {
        return element.getToken && ((reason) => element.getToken({ service: service(), reason }));
      },
    };
  }

  #tell(name, told) {
    const { id, status, service, accountIdentifier, ...detail } = told;
    if (status) this.#stands(status, id);
    switch (name) {
      case 'ready':
        Object.assign(detail, { status });
        break;
      case 'status':
        return true;
      case 'change':
        if (told.valid === this.#valid) return true;
        this.#valid = told.valid;
        break;
      case 'before-submit':
        if (this.matches(':disabled')) return false;
        detail.service = this.service;
        break;
      case 'pending':
        Object.assign(detail, { service, id });
        break;
      case 'connected':
        Object.assign(detail, { service, id, status }, accountIdentifier && { accountIdentifier });
        break;
      case 'expiring':
        detail.service = service;
        break;
    }
    return this.#raise(name, detail);
  }

  /** Its custom state: how things stand, or that it is being loaded. */
  #states(state) {
    const states = this.#internals?.states;
    states?.clear();
    if (state) states?.add(state);
  }

  /** How things stand, and what a form of the page gets: the id of a credential that is connected. */
  #stands(status, id = '') {
    this.#status = status;
    this.#states(status === 'unknown' ? '' : status.replace('_', '-'));
    this.#internals?.setFormValue(status === 'connected' && id ? id : null);
    this.#validate();
  }

  #raise(name, detail) {
    const event = new CustomEvent(`credenza-${name}`, { bubbles: true, composed: true, cancelable: name === 'before-submit', detail });
    return this.dispatchEvent(event);
  }

  /** Says in the element, and as an event, why it cannot work; what stands in it for this case is shown. */
  #fail(code, error) {
    const [title, text] = SAID[code].map((words) => this.messages?.[words] ?? words);
    const reason = error && !(error instanceof Failed) ? String(error.message ?? error) : refusals().at(-1);
    const notice = make('div', 'cz-notice');
    notice.setAttribute('role', 'alert');
    notice.part = 'notice';
    notice.dataset.tone = 'bad';
    notice.append(make('p', 'cz-notice__title', title), make('p', 'cz-notice__text', text));
    if (reason) notice.append(make('p', 'cz-notice__text cz-mono', reason));
    this.#place.replaceChildren(notice);
    this.#fallback.hidden = false;
    this.#stands('unknown');
    this.#raise('error', { code, message: `${title}. ${text}`, retryable: code === 'wasm_unreachable' });
  }

  #close() {
    this.#turn += 1;
    this.#failed = undefined;
    if (this.#id !== undefined) this.#module.close(this.#id);
    this.#id = undefined;
    this.#module = undefined;
    this.#settings = undefined;
    this.#valid = false;
    this.#place?.replaceChildren();
    if (this.#fallback) this.#fallback.hidden = false;
    this.#stands('unknown');
  }

  /** What its module is to say in other words or another language, and whether it can read keys. For this script alone. */
  told(name, what, now) {
    if (this.#module?.name === name && this.#id !== undefined) this.#module.tell(this.#id, what, now);
  }

  /** The module `name` works no more. For this script alone. */
  stopped(name) {
    if (this.#module?.name !== name) return;
    this.#id = undefined;
    this.#module = undefined;
    this.#fail('stopped');
  }

  /** Only an element that is required keeps a form from being sent. */
  #validate() {
    const done = !this.required || this.#status === 'connected' || this.#status === 'none_needed';
    const words = 'Connect this first.';
    const control = this.#control();
    const place = this.#place;
    // A browser tells nobody what it cannot bring into focus.
    if (control) place.removeAttribute('tabindex');
    else if (place) place.tabIndex = -1;
    const anchor = control ?? place;
    this.#internals?.setValidity(done ? {} : { valueMissing: true }, done ? '' : (this.messages?.[words] ?? words), anchor);
  }

  #control() {
    const place = this.#place;
    return place?.querySelector('[aria-invalid=true]') ?? place?.querySelector('form input:not([type=file]), form textarea, button, a[href]');
  }

  get status() {
    return this.#status;
  }

  get form() {
    return this.#internals?.form ?? null;
  }

  submit() {
    if (!this.matches(':disabled')) [...(this.#place?.querySelectorAll('form') ?? [])].at(-1)?.requestSubmit();
  }

  reset() {
    if (this.#id !== undefined) this.#module.tell(this.#id, 'reset', '');
  }

  focus(options) {
    const control = this.#control();
    if (control) control.focus(options);
    else super.focus(options);
  }

  checkValidity() {
    return this.#valid || this.#status === 'connected' || this.#status === 'none_needed';
  }

  reportValidity() {
    return this.checkValidity() || (this.#id !== undefined && this.#module.tell(this.#id, 'report', ''));
  }

  diagnose() {
    return diagnose(version, { config: Boolean(this.config), service: this.service, callback: this.config?.callback });
  }

  static {
    for (const attribute of TEXTS) {
      define(this, property(attribute), {
        get() {
          return this.getAttribute(attribute) ?? (attribute === 'theme' ? 'auto' : '');
        },
        set(value) {
          if (value === undefined || value === null) this.removeAttribute(attribute);
          else this.setAttribute(attribute, value);
        },
      });
    }
    for (const attribute of FLAGS) {
      define(this, property(attribute), {
        get() {
          return this.hasAttribute(attribute);
        },
        set(value) {
          this.toggleAttribute(attribute, Boolean(value));
        },
      });
    }
    for (const name of ['labels', 'validity', 'validationMessage', 'willValidate']) {
      define(this, name, {
        get() {
          return this.#internals[name];
        },
      });
    }
    for (const name of OBJECTS) {
      define(this, name, {
        get() {
          return this.#objects[name];
        },
        set(value) {
          this.#objects[name] = value;
          this.#later();
        },
      });
    }
  }
}

function define(of, name, accessors) {
  Object.defineProperty(of.prototype, name, { ...accessors, configurable: true, enumerable: true });
}

/** Defines the element, unless it is defined already. Does nothing on a server. */
export function register(tagName = 'credenza-connect') {
  const registry = globalThis.customElements;
  if (!registry || registry.get(tagName)) return;
  registry.define(tagName, tagName === 'credenza-connect' ? CredenzaConnect : class extends CredenzaConnect {});
}

/** Takes modules from elsewhere than beside this script. */
export function configure({ wasm }) {
  Object.assign(shared.sources, wasm);
}

const ofPage = () => diagnose(version, {});
export { ofPage as diagnose };
