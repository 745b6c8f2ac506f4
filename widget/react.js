'use client';
// The element as a component of React 18 or 19. React would turn objects and functions into attributes, or set what is an
// attribute as a property, differently in each version: it gets the attributes of the first time alone, so that they are
// in what a server writes, and everything else is done here.
import { createElement, forwardRef, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { register } from './index.js';

const TAG = 'credenza-connect';

/** Attributes by the names of their properties. */
const ATTRIBUTES = {
  service: 'service',
  storefrontId: 'storefront-id',
  sourceId: 'source-id',
  instanceId: 'instance-id',
  agentUrl: 'agent-url',
  authType: 'auth-type',
  locale: 'locale',
  theme: 'theme',
  lightDom: 'light-dom',
  admin: 'admin',
  disabled: 'disabled',
  required: 'required',
  name: 'name',
};

/** Objects, which are others when they say something else. */
const OBJECTS = ['config', 'value', 'messages'];
/** Functions. The element gets one that calls the newest, so that one made anew for each render is no other one. */
const FUNCTIONS = ['getToken', 'getHeaders'];

/** Events by the names of their properties. */
const EVENTS = {
  onCredenzaReady: 'credenza-ready',
  onCredenzaChange: 'credenza-change',
  onCredenzaBeforeSubmit: 'credenza-before-submit',
  onCredenzaPending: 'credenza-pending',
  onCredenzaConnected: 'credenza-connected',
  onCredenzaError: 'credenza-error',
  onCredenzaCancel: 'credenza-cancel',
  onCredenzaExpiring: 'credenza-expiring',
};

const OWN = new Set([...Object.keys(ATTRIBUTES), ...OBJECTS, ...FUNCTIONS, ...Object.keys(EVENTS)]);

// A server has no layout, and React 18 warns there.
const useClientEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** What an attribute is to be, as React takes it: nothing where it is not to be there. */
const written = (value) => (value === false || value === null || value === '' ? undefined : value);

function ownAttributes(props) {
  const entries = Object.entries(ATTRIBUTES).map(([name, attribute]) => [attribute, written(props[name])]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** What is every element's and not ours goes to React. Version 18 knows neither `className` nor `false` here, 19 no `aria-busy={false}`. */
function foreign(props) {
  const rest = {};
  for (const [name, value] of Object.entries(props)) {
    if (OWN.has(name) || name === 'children') continue;
    const said = typeof value === 'boolean' && /^(aria|data)-/.test(name) ? String(value) : value;
    rest[name === 'className' ? 'class' : name] = said === false ? undefined : said;
  }
  return rest;
}

function syncAttributes(element, props) {
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    const value = written(props[name]);
    if (value === undefined) element.removeAttribute(attribute);
    else {
      const text = value === true ? '' : String(value);
      // React 18 writes "true" where a name alone says it.
      if (element.getAttribute(attribute) !== text) element.setAttribute(attribute, text);
    }
  }
}

function syncProperties(element, props, latest, set) {
  for (const name of OBJECTS) {
    const text = JSON.stringify(props[name]);
    if (set[name] === text) continue;
    set[name] = text;
    element[name] = props[name];
  }
  for (const name of FUNCTIONS) {
    const there = typeof props[name] === 'function';
    if ((set[name] ?? false) === there) continue;
    set[name] = there;
    element[name] = there ? (...given) => latest.current[name](...given) : undefined;
  }
}

export const CredenzaConnect = forwardRef(function CredenzaConnect(props, ref) {
  const own = useRef(null);
  const latest = useRef(props);
  const set = useRef({});
  const [first] = useState(() => ownAttributes(props));
  useClientEffect(() => {
    latest.current = props;
  });
  useClientEffect(() => {
    const element = own.current;
    const heard = Object.entries(EVENTS).map(([name, type]) => [type, (event) => latest.current[name]?.(event)]);
    for (const [type, listener] of heard) element.addEventListener(type, listener);
    register();
    return () => {
      for (const [type, listener] of heard) element.removeEventListener(type, listener);
    };
  }, []);
  useClientEffect(() => {
    syncAttributes(own.current, props);
    syncProperties(own.current, props, latest, set.current);
  });
  useImperativeHandle(ref, () => own.current, []);
  // An element that was defined before React came may have written attributes of its own.
  return createElement(TAG, { ...foreign(props), ...first, ref: own, suppressHydrationWarning: true }, props.children);
});
